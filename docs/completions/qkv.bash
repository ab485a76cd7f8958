# bash completion for qkv: asks the program, which knows its options, commands, lessons and parameters.
_qkv() {
    local line=${COMP_LINE:0:COMP_POINT}
    line=${line#* }
    local IFS=$'\n'
    COMPREPLY=($(qkv --norc --complete "$line" 2>/dev/null))
    # readline splits words at '=': give back only what follows it
    local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    if [[ $cur == '=' || $before == '=' ]]; then COMPREPLY=("${COMPREPLY[@]#*=}"); fi
    [[ ${#COMPREPLY[@]} -gt 0 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    [[ ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$cur"))
}
complete -F _qkv qkv
