#!/bin/sh
# texts.sh ROOM FILE.py...: the files as the C table ROOM_texts (ModuleText, eval/interp.h). A file's
# name is its module's, the first paragraph of its docstring what the module is; `__late__` names
# what other modules and types find in it (eval/late.c). The text becomes an array of bytes: a string
# literal may not be that long.
room=$1
shift
echo '/* Made by build-aux/texts.sh. */'
echo '#include "config.h"'
echo '#include "eval/interp.h"'
i=0
for file; do
    echo "static const char text_$i[] = {"
    od -An -v -td1 "$file" | sed 's/  */,/g; s/^,//; s/$/,/'
    echo '0};'
    i=$((i + 1))
done
echo "const ModuleText ${room}_texts[] = {"
awk '
function quoted(s) {
    gsub(/\\/, "\\\\", s)
    gsub(/"/, "\\\"", s)
    return "\"" s "\""
}
function row() {
    if (file == "") return
    name = file
    sub(/.*\//, "", name)
    sub(/\.py$/, "", name)
    printf "{%s,%s,%s,text_%d},\n", quoted(name), quoted(doc), late == "" ? "NULL" : late "\"", n++
}
FNR == 1 {
    row()
    file = FILENAME
    doc = late = ""
    in_late = 0
    in_doc = sub(/^"""/, "")
    if (!in_doc) { print file ": a docstring first, please" > "/dev/stderr"; exit 1 }
}
in_doc {
    if ($0 == "") in_doc = 0
    else {
        if (sub(/""".*/, "")) in_doc = 0
        if ($0 != "") doc = doc (doc == "" ? "" : " ") $0
    }
    next
}
/^__late__ = """$/ { in_late = 1; next }
in_late && /^"""/ { in_late = 0 }
in_late {
    if ($0 ~ /^[^ ]/) { # "torch torch.Tensor: word word": between blanks, both
        late = late (late == "" ? "\"" : "\\n\"\n\"") " "
        sub(/:/, " :")
    }
    for (w = 1; w <= NF; w++) late = late $w " "
}
END { row() }
' "$@"
echo '{0}};'
