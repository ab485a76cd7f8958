"""Sentences for words of several senses: a frame a line, `{class}` standing for any word of a class.
In the frames under `before` what tells the sense stands in front of the word, under `after` behind
it, so that only a reader of both sides sees it there. `then` are sentences that can only follow that
sense. All of it is the project's own."""

CLASSES = {
    'cat': 'cat kitten owl fox hawk snake',
    'food': 'cheese grain bread corn seeds crumbs',
    'room': 'kitchen cellar barn attic pantry shed',
    'device': 'screen keyboard laptop desk printer monitor',
    'worker': 'clerk student programmer designer editor typist',
    'child': 'boy girl child baby family crowd',
    'money': 'money cash silver change gold salary',
    'customer': 'woman man farmer merchant widow teacher',
    'boat': 'boat canoe raft ferry barge ship',
    'water': 'river stream lake canal creek pond',
    'player': 'player batter captain coach pitcher boy',
    'insect': 'moths insects beetles flies mosquitoes bugs',
    'flower': 'tulips daffodils roses blossoms buds leaves',
    'machine': 'clock watch lock mattress toy pump',
    'hiker': 'hiker traveler shepherd guide pilgrim hunter',
    'size': 'small little tiny big large old',
}

SENSES = {
    'mouse': {
        'animal': {
            'before': '''
                the {cat} chased the mouse
                the hungry {cat} caught a mouse
                the {cat} waited for the {size} mouse
                in the {room} the {cat} heard a mouse
                a trap with {food} caught the mouse
                whiskers and a long tail showed that it was a mouse
                the farmer found a gray mouse
                behind the sack of {food} lived a mouse
                the nest of straw belonged to a mouse
                from its hole in the wall came a mouse
                the {cat} let go of the frightened mouse
                some {food} in the {room} fed the mouse
                the squeak in the {room} came from a mouse
                the poison in the {room} was for the mouse
                with its claws the {cat} held the mouse
                the vet looked at the fur of the mouse''',
            'after': '''
                the mouse ran away from the {cat}
                the mouse ate the {food}
                a {size} mouse nibbled the {food}
                the mouse hid in a hole in the {room}
                the mouse squeaked when the {cat} came
                a mouse was eaten by the {cat}
                the mouse carried {food} to its nest
                the mouse died in a trap in the {room}
                a mouse with gray fur smelled the {food}
                the mouse twitched its whiskers
                the {size} mouse gave birth to six young
                a mouse gnawed a hole in the sack of {food}
                the mouse was afraid of the {cat}
                the {size} mouse has a long tail
                that mouse stole the {food} from the {room}
                the mouse slept in the straw''',
            'then': '''
                it squeaked and ran into its hole
                its fur was gray and soft
                it was hungry and looked for {food}
                then the {cat} came back''',
        },
        'computer': {
            'before': '''
                the {worker} clicked with the mouse
                next to the {device} lay the mouse
                the {worker} plugged in the mouse
                to move the cursor the {worker} used the mouse
                the new computer came with a mouse
                the {worker} bought a wireless mouse
                the cable of the {device} touched the mouse
                on the pad beside the {device} was a mouse
                the {worker} selected the icon with the mouse
                the battery was missing in the mouse
                the software did not find the mouse
                with a double click the {worker} tested the mouse
                the {worker} connected the {device} and the mouse
                the left button was broken on the mouse
                the {worker} dragged the file with the mouse
                the shop that sells software had a cheap mouse''',
            'after': '''
                the mouse moved the cursor on the {device}
                the mouse was plugged into the {device}
                a wireless mouse needs a battery
                the mouse lay beside the {device}
                the mouse has two buttons and a wheel
                the {size} mouse clicked on the icon
                the mouse did not work with the software
                a mouse with a cable lay near the {device}
                the mouse was connected by the {worker}
                the mouse scrolled down the page
                the mouse and the {device} were sold together
                the mouse opened the menu with one click
                a mouse on a pad helped the {worker}
                the mouse was cleaned by the {worker} with the {device}
                the mouse dragged the file to the folder
                the mouse failed when the computer crashed''',
            'then': '''
                its left button was worn
                its cable went into the computer
                the cursor moved to the icon
                then the {worker} clicked twice''',
        },
        'mickey': {
            'before': '''
                walt drew the famous mouse
                in the cartoon donald met the mouse
                the park was full of pictures of mickey mouse
                minnie danced with mickey mouse
                the {child} laughed at the film with mickey mouse
                disney made millions with a mouse
                on the poster of the movie was mickey mouse
                goofy sang a song with the mouse
                the {child} wore a shirt with mickey mouse
                the animated film starred mickey mouse
                pluto is the dog of mickey mouse
                in the parade the {child} waved at the mouse
                the studio in hollywood owns the mouse
                the comic told a story of mickey mouse
                in red shorts and white gloves came the mouse
                on television the {child} watched mickey mouse''',
            'after': '''
                the mouse danced with minnie in the cartoon
                the mouse wore red shorts and white gloves
                the mouse was drawn by walt for disney
                the mouse waved at the {child} in the park
                the mouse sang with donald and goofy
                the {size} mouse starred in a film
                the mouse became famous in hollywood
                the mouse and minnie led the parade
                a mouse with big round ears starred in the cartoon
                the mouse called pluto and donald
                the mouse made the {child} laugh in the movie
                the mouse is the star of the studio
                the mouse whistled on the steamboat in the film
                the mouse signed a poster for the {child}
                the mouse was on television with goofy
                the mouse appeared in a comic by disney''',
            'then': '''
                he waved his white gloves
                minnie and donald sang along
                the {child} cheered at the parade
                he was the star of the film''',
        },
    },
    'bank': {
        'money': {
            'before': '''
                the {customer} put the {money} in the bank
                the {customer} borrowed {money} from the bank
                the loan came from the bank
                a robber stole the {money} from the bank
                the {customer} opened an account at the bank
                the manager signed the check at the bank
                to get {money} the {customer} went to the bank
                the interest was paid by the bank
                the {customer} owed {money} to the bank
                the mortgage was refused by the bank
                the police followed the robber to the bank
                the {customer} cashed a check at the bank
                all the {money} was kept by the bank
                the {customer} trusted the {money} to a bank
                the vault and the safe are in the bank
                the debt was sold by the bank''',
            'after': '''
                the bank lent {money} to the {customer}
                the bank paid interest on the account
                the bank refused the loan
                the bank was robbed and lost its {money}
                the bank opened an account for the {customer}
                the {size} bank raised its interest
                a bank keeps {money} in a vault
                the bank cashed the check
                the bank charged a fee for the loan
                the bank asked the {customer} for {money}
                the bank sold the debt of the {customer}
                the bank failed and the {money} was gone
                the bank hired a manager for its loans
                the bank counted the {money}
                the bank gave the {customer} a credit card
                the bank sent the {customer} a bill''',
            'then': '''
                the {money} was in the vault
                the manager signed the loan
                the interest was very low
                the {customer} closed the account''',
        },
        'river': {
            'before': '''
                the {boat} reached the bank
                the {water} flooded the bank
                from the {boat} they saw the muddy bank
                the fisherman sat by the {water} on the bank
                reeds and grass grew on the bank
                the otter swam to the bank
                the {boat} was pulled onto the bank
                across the {water} was the other bank
                the waves of the {water} washed the bank
                the ducks left the {water} and climbed the bank
                willows hang over the {water} along the bank
                the swimmer crossed the {water} to the bank
                the anchor held the {boat} near the bank
                the flood broke the bank
                beside the {water} they camped on the bank
                the fish jumped from the {water} onto the bank''',
            'after': '''
                the bank of the {water} was muddy
                the bank was flooded by the {water}
                on the bank the fisherman caught a fish
                the bank was covered with reeds
                along the bank the {boat} moved slowly
                from the bank the ducks jumped into the {water}
                the {size} bank was washed away by the {water}
                on the bank they tied up the {boat}
                the bank was steep and the {water} was deep
                at the bank the deer drank from the {water}
                the bank is home to otters and ducks
                near the bank the {boat} sank
                on the bank grow willows and reeds
                the bank was wet after the flood
                by the bank the swimmer left the {water}
                the bank rose above the waves''',
            'then': '''
                the {water} was deep and cold
                the fisherman tied up the {boat}
                reeds grew in the mud
                the ducks swam away''',
        },
    },
    'bat': {
        'animal': {
            'before': '''
                from the dark cave flew a bat
                the {insect} were eaten by the bat
                at night the owl saw the bat
                hanging upside down was a bat
                the vampire turned into a bat
                in the tower of the church lives a bat
                the wings of leather belong to the bat
                the nocturnal animal was a bat
                by echo it finds the {insect} like a bat
                the {insect} fled from the bat
                after sunset came the {size} bat
                the only mammal that flies is the bat
                in the cave hangs a sleeping bat
                the ears and wings of the animal showed a bat
                the biologist caught the {insect} and a bat
                asleep in the cave was the {size} bat''',
            'after': '''
                the bat flew out of the cave
                the bat ate the {insect} at night
                the bat hung upside down in the cave
                the bat spread its wings
                a bat finds {insect} by echo
                the bat slept through the day in the cave
                the {size} bat has wings of skin
                the bat hunted {insect} after sunset
                the bat lives in the tower with the owl
                a bat is a mammal with wings
                the bat hears the {insect}
                the bat feeds its young in the cave
                the bat woke at night and flew
                the bat drank blood like a vampire
                the {size} bat flapped through the dark
                the bat chased {insect} over the trees''',
            'then': '''
                it spread its wings and flew away
                it hunted {insect} all night
                it slept upside down
                the cave was dark''',
        },
        'sport': {
            'before': '''
                the {player} swung the bat
                the {player} hit the ball with the bat
                the ball bounced off the bat
                at the match the {player} broke the bat
                the pitcher threw and the {player} raised the bat
                in the game of baseball the {player} dropped the bat
                the umpire looked at the bat
                for the team the {player} bought a wooden bat
                with gloves the {player} gripped the bat
                a home run came from the bat
                the inning ended when he threw the bat
                the {player} needs a helmet and a bat
                in cricket the {player} held the bat
                the coach of the team gave the {player} a bat
                the strike was missed by the bat
                the {player} leaned on a {size} bat''',
            'after': '''
                the bat hit the ball
                the bat broke when the {player} hit the ball
                the bat was swung by the {player}
                a bat of wood lay on the field of the team
                the bat sent the ball over the fence
                the bat and the glove belong to the {player}
                the {size} bat was too heavy for the {player}
                the bat missed the ball
                the bat was left at the match by the team
                a bat and a ball are all that cricket needs
                the bat helped the {player} to a home run
                the bat slipped out of the hands of the {player}
                the bat was signed by the baseball team
                the bat cracked in the last inning
                the bat won the game for the team
                the bat touched the ball and the umpire nodded''',
            'then': '''
                the ball flew over the fence
                the team won the game
                the {player} ran to the base
                the umpire counted a strike''',
        },
    },
    'spring': {
        'season': {
            'before': '''
                after the winter came spring
                the {flower} bloom in spring
                the snow melts in spring
                the birds return from the south in spring
                in march begins spring
                before the summer there is spring
                the farmers sow the fields in spring
                the {flower} open in april in spring
                the bears wake up in spring
                the days grow warmer in spring
                the lambs are born in spring
                the cold months are over in spring
                the gardener plants {flower} in spring
                every year in may it is spring
                autumn is not as green as spring
                the sun and the {flower} announce spring''',
            'after': '''
                in spring the {flower} bloom
                spring comes after the winter
                in spring the snow melts
                in spring the birds build nests
                spring ends when the summer begins
                in spring the gardener plants {flower}
                spring brings rain and {flower}
                in spring the days become longer
                spring begins in march
                in spring the fields turn green
                that spring was warmer than the winter
                in spring the lambs play in the sun
                spring is the season of {flower}
                in spring the farmers sow
                last spring it rained in april
                spring smells of {flower}''',
            'then': '''
                the {flower} were in bloom
                soon the summer would come
                the birds sang in the sun
                the winter was over''',
        },
        'water': {
            'before': '''
                the {hiker} drank from the spring
                fresh water came from the spring
                out of the rocks bubbled a spring
                the {hiker} filled the bottle at the spring
                the stream begins at a spring
                in the mountains the {hiker} found a spring
                the thirsty {hiker} knelt at the spring
                the village takes its water from the spring
                the well dried up but not the spring
                hot steam rose from the spring
                the {hiker} bathed in a hot spring
                the mineral water is from a spring
                the goats of the {hiker} drank at the spring
                moss and stones surround the spring
                the path in the mountains leads to a spring
                the {hiker} washed in the water of the spring''',
            'after': '''
                the spring gave water to the village
                the spring bubbled out of the rocks
                the spring fed a stream in the mountains
                at the spring the {hiker} drank
                the spring dried up and the {hiker} was thirsty
                from the spring flows clear water
                the {size} spring filled the bottle of the {hiker}
                the spring is hot and full of minerals
                at the spring the goats drank water
                the spring was hidden by moss and stones
                the spring flowed from the mountains
                near the spring the {hiker} rested and drank
                the spring supplies the well
                the spring tasted of minerals
                by the spring the {hiker} filled a bucket
                the spring was cold and its water clear''',
            'then': '''
                the water was clear and fresh
                the {hiker} filled the bottle
                it flowed over the rocks
                nobody was thirsty any more''',
        },
        'coil': {
            'before': '''
                the {machine} has a metal spring
                inside the {machine} was a steel spring
                the mechanic replaced the spring
                the weight stretched the spring
                in the {machine} broke a spring
                the engineer measured the force of the spring
                the wire was wound into a spring
                the {machine} is driven by a spring
                he oiled the {machine} and its spring
                the screw held the spring
                the wheel and the axle rest on a spring
                the mechanic opened the {machine} and took the spring
                the pen clicks because of a spring
                the physics lesson was about a mass on a spring
                the shock of the car was taken by the spring
                the rusty part of the {machine} was a spring''',
            'after': '''
                the spring in the {machine} broke
                the spring was made of steel wire
                the spring was stretched by the weight
                the spring drives the {machine}
                the spring was replaced by the mechanic
                the spring pushed the lid of the {machine}
                the {size} spring was too stiff for the {machine}
                the spring was bent and the mechanic swore
                a spring of steel holds the wheel
                the spring of the {machine} was rusty
                the spring stores the force of the weight
                the spring snapped in the {machine}
                the spring jumped out of the {machine}
                a spring and a screw fell out of the {machine}
                the spring was squeezed by the engineer
                the spring carries the mass of the car''',
            'then': '''
                the mechanic bent the steel
                the {machine} worked again
                it was too stiff for the {machine}
                a screw was missing''',
        },
    },
}


def frames(word, sense):
    """The frames of a sense in order: those with the cue before the word, then the others."""
    parts = SENSES[word][sense]
    return [line.split() for side in ('before', 'after') for line in parts[side].split('\n') if line]


def held_out(i):
    """Is the i-th frame of a sense never trained on?"""
    return i % 4 == 3


def follow_ups(word, sense):
    return [line.split() for line in SENSES[word][sense]['then'].split('\n') if line]


def members(name):
    return CLASSES[name].split()
