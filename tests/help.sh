#!/bin/sh
# What help says: a page for everything that its completion offers, what a value is and how it is
# called, and who mentions a word that has no page. Speaks TAP.
top=${abs_top_srcdir:-.}
export QKV_DATA="$top" LC_ALL=C.UTF-8 COLUMNS=80
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export XDG_CONFIG_HOME="$tmp/config" XDG_STATE_HOME="$tmp/state"
n=0 lessons=
run() { timeout 120 "$QKV" --norc $lessons >"$tmp/out" 2>&1; }
verdict() { # FILE WHAT: the test passes when FILE is empty
    n=$((n + 1))
    if [ -s "$1" ]; then
        echo "not ok $n - $2"
        head -n 12 "$1" | sed 's/^/# /'
    else echo "ok $n - $2"
    fi
    : >"$1"
}
says() { # LINES TEXT...: what is typed, and what must be in the answer
    printf '%b\n' "$1" | run
    what=$(printf '%s' "$1" | tr '\\' ' ')
    shift
    for text in "$@"; do grep -qF -- "$text" "$tmp/out" || echo "no '$text'"; done >"$tmp/bad"
    [ ! -s "$tmp/bad" ] || head -n 9 "$tmp/out" >>"$tmp/bad"
    verdict "$tmp/bad" "$(printf '%s' "$what" | tr '\n' ' ')"
}

"$QKV" --norc --complete='help ' | sort -u >"$tmp/topics"
[ "$(wc -l <"$tmp/topics")" -gt 80 ] || echo "few topics" >"$tmp/bad"
grep -qx glossary "$tmp/topics" && grep -qx 'mask kinds' "$tmp/topics" && grep -qx causal "$tmp/topics" || echo gone >>"$tmp/bad"
sed 's/.*/help &/' "$tmp/topics" | run
grep "no help\|no page\|^[A-Za-z]*Error: " "$tmp/out" >>"$tmp/bad"
verdict "$tmp/bad" "every topic that completion offers has a page"
sed 's/.*/&?/' "$tmp/topics" | run
grep "no help\|no page" "$tmp/out" >"$tmp/bad"
verdict "$tmp/bad" "every topic has its page with a question mark behind it"
while read -r word; do printf 'print("== %s")\napropos %s\n' "$word" "$word"; done <"$tmp/topics" | run
grep -B1 "nothing is about" "$tmp/out" >"$tmp/bad"
verdict "$tmp/bad" "apropos finds every topic"

# words that are no topic: code of that name, else who mentions them
says 'softmax?' 'exp of every score' '`torch.softmax(' '`F.softmax(' '`nn.Softmax(dim=None)`' '`torch.Tensor.softmax('
says 'help gelu' '`nn.GELU(' '`F.gelu('
says 'help multiheadattention' 'nn.MultiheadAttention(embed_dim, num_heads'
mkdir "$tmp/own" # a word of a lesson that explains none
printf -- '---\nnumber: 90\ncommand: mine\ntitle: T\n---\n# A heading\n\nHere QZX attends.\n' >"$tmp/own/90-mine.md"
lessons=--lessons=$tmp/own
says 'help QZX' 'no page on' 'It is mentioned by' 'lesson `90` `mine`, A heading'
says 'help attends QZX' 'lesson `90` `mine`, A heading'
says 'help zx' "there is no help on 'zx'"
says 'mine 5' 'mine takes no parameters'
lessons=
says 'help rotations' 'It is mentioned by' 'torch.polar'
says 'apropos grouped heads' 'grouped-query-attention'
says 'help zzyzx' "there is no help on 'zzyzx'"
says 'help maks kinds' "there is no help on 'maks kinds'"
says 'help kv cache\nhelp kv-cache\nhelp KV-Caches' 'kv-cache: the keys'
# what an interviewer says, however it is spelt, and the lesson that explains it
for word in gqa:45 MQA:45 mha:44 MLA:45 latent-attention:45 grouped-query-attention:45 RoPE:40 ALiBi:40 nope:40 \
    layernorm:41 batchnorm:41 RMSNorm:41 qk-norm:41 softcap:41 pre-norm:42 post-norm:42 logits:32 \
    FlashAttention:45 flash-attention-2:45 flashattention-3:45 attention-sinks:45 sliding-window:45 ring-attention:45 \
    paged-cache:45 PagedAttention:45 quantised-cache:45 quantized-cache:45 uptraining:45 hybrids:34 linear-attention:34 \
    kvcache:35 online-softmax:35 prefill:33 arithmetic-intensity:33 FlexAttention:36 induction-heads:44 qk-circuit:44 \
    ov-circuit:44 low-rank-bottleneck:44 tensor-parallelism:46 perplexity:46 bert:38 gpt:38 mlm:38 prefix-lm:38 \
    contextual-embeddings:40 sinusoidal:40 segment-embedding:40; do
    printf 'help %s\n' "${word%:*}" | run
    grep -q "\`${word#*:}\`" "$tmp/out" || { echo "$word" && head -n 3 "$tmp/out"; } >>"$tmp/bad"
done
verdict "$tmp/bad" 'a word is explained under each of its names'
says help 'Drawing' 'qkv.show(x.softmax' 'at hand where you type'
sed -n "/^Drawing/,/^Commands/s/^  //p" "$tmp/out" | grep -v '^attend' >"$tmp/drawing"
[ "$(wc -l <"$tmp/drawing")" -ge 3 ] || echo "no example" >>"$tmp/drawing"
run <"$tmp/drawing"
grep -A3 "Error" "$tmp/out" >"$tmp/bad"
grep -q weights "$tmp/out" || echo "nothing was drawn" >>"$tmp/bad"
verdict "$tmp/bad" "what help shows of drawing can be typed"

# a value: what it is first, then how it is called
says 'x = torch.ones(2, 3, requires_grad=True)\nx?' '`x`: Tensor of shape `(2, 3)`, float32, 6 elements, 24 bytes, requires_grad=True' '1  1  1'
says 'x = torch.ones(300, 70, dtype=torch.float16)\nx?' 'shape `(300, 70)`, float16, 21000 elements, 42000 bytes' '...'
says 'x = torch.tensor(5)\nx?' 'of shape `()`, int64, 1 element, 8 bytes' 'tensor(5)'
says 'w = nn.Parameter(torch.ones(2))\nw?' '`w`: Parameter of shape `(2,)`' 'requires_grad=True'
says 'y = (torch.ones(2, requires_grad=True) * 2)\ny?' 'grad_fn MulBackward0'
says 'a = np.ones((2, 2))\na?' 'shape `(2, 2)`, float64'
says 'x = torch.ones(2, 3)\nx[0]?\n(x.T @ x)?' 'of shape `(3,)`' 'of shape `(3, 3)`'
says 'nn.Linear?' 'nn.Linear(in_features, out_features, bias=True' 'weight (out_features, in_features)'
says 'm = nn.Linear(2, 3)\nm?' 'Linear(in_features=2, out_features=3, bias=True)'
says 'def f(a, b=2, *c, d: int = 3, **e):\n    """Adds.\n\n    At length."""\n    return a\n\nf?' 'f(a, b=2, *c, d: int = 3, **e)' 'Adds.' 'At length.'
says 'class A:\n    """An A."""\n    def __init__(self, n, m=3): self.n = n\n    def g(self, z=1): """G."""\n\nA?\na = A(1)\na.g?' 'A(n, m=3)' 'An A.' 'a.g(z=1)' 'G.'
says 'n = 5\nn?\ns = "abc"\ns?\nd = {"k": 1}\nd?' '5' "'abc'" "{'k': 1}"
says 'len?' 'len(obj'
says 'class B:\n    def __repr__(self): return 1 / 0\n\nb = B()\nb?' 'ZeroDivisionError'
# Module and Parameter are made in C, by no row
for class in $(echo 'print(*[k for k in dir(nn) if isinstance(getattr(nn, k), type)])' | "$QKV" --norc); do
    case $class in Module | Parameter) continue ;; esac
    printf 'print("== %s")\nnn.%s?\n' "$class" "$class"
done >"$tmp/in"
run <"$tmp/in"
awk '/^== / { if (word && !ok) print word; word = $2; ok = 0 } index($0, "nn." word "(") { ok = 1 } END { if (!ok) print word "." }' "$tmp/out" >"$tmp/bad"
[ "$(grep -c '^== ' "$tmp/out")" -gt 100 ] || echo "few classes" >>"$tmp/bad"
verdict "$tmp/bad" "every layer of nn shows its constructor's signature"

# sources are whole, whatever the width
printf 'def f(x):\n    return x, "%s", "the end"\n\nf??\nsource f\nsource nn.MultiheadAttention\n' "$(printf '%0150d' 7)" | COLUMNS=40 run
: >"$tmp/bad"
tr -d ' \n' <"$tmp/out" | grep -q '"theend".*"theend".*defforward' || echo cut >"$tmp/bad"
grep '…' "$tmp/out" >>"$tmp/bad"
awk 'length($0) > 40 { print "too wide: " $0 }' "$tmp/out" >>"$tmp/bad"
verdict "$tmp/bad" "a source is wrapped, never cut"
echo "1..$n"
