class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

def run():
    p = Point(0, 0)
    q = Point(1, 2)
    for i in range(400000):
        p = p + q
    return p.x, p.y
print(run())
