#!/bin/sh
# What the prompt says over a drawn tensor: its shape, and of its dtype and its gradient whatever PyTorch's own
# text says, at any width. Speaks TAP.
export QKV_DATA="${abs_top_srcdir:-.}"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0
while IFS= read -r value; do
    for width in 20 40 80 132; do
        n=$((n + 1))
        cat >"$tmp/in" <<EOF
import torch, torch.nn as nn, re
_ = torch.manual_seed(0)
x = torch.randn(2, 3, requires_grad=True)
x.retain_grad()
y = ($value)
set width=$width
$value
text = repr(y).replace('\n', ' ')
print('want', str(tuple(y.shape)).replace(' ', ''), *re.findall(r'requires_grad=True|grad_fn=<\w+>|Parameter|float16|float64', text))
EOF
        timeout 30 "$QKV" --norc <"$tmp/in" >"$tmp/out" 2>&1
        missing=$(awk '/^want/ { for (i = 2; i <= NF; i++) if (!index(all, $i)) print $i; seen = 1; next }
            { gsub(/ /, ""); all = all $0 } END { if (!seen) print "everything" }' "$tmp/out")
        wide=$(sed '/^want/d' "$tmp/out" | awk -v w="$width" 'length($0) > w')
        if [ -z "$missing$wide" ]; then echo "ok $n - $value at $width"
        else
            echo "not ok $n - $value at $width: no" $missing
            sed 's/^/# /' "$tmp/out"
        fi
    done
done <<'EOF'
x
x * 2
x @ x.T
x.softmax(-1)
x.detach()
x.double()
x.half().float().double()
x.detach().half()
nn.Linear(3, 2).weight
nn.Linear(3, 2).bias
nn.Linear(3, 2).weight.T
nn.Linear(3, 2)(x)
nn.functional.layer_norm(x, (3,))
x[0]
x.unsqueeze(0).expand(3, 2, 3)
torch.arange(5)
torch.ones(2, 2).bool()
EOF
echo "1..$n"
