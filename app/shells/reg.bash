# Completion of reg's commands, options, and of what is registered.
#
# `reg` takes the line apart, because bash cuts words at `:` and `=` and leaves their quotes on, and
# answers with what belongs in the place of the part that bash replaces.
_reg() {
  local answer=() IFS=$'\n'
  COMPREPLY=()
  mapfile -t answer < <(reg completion line -- "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
  case "${answer[0]-}" in
    $'\tfiles') compopt -o default ;;
    $'\tfolders') compopt -o dirnames ;;
    *)
      COMPREPLY=("${answer[@]}")
      [[ ${#answer[@]} -ne 1 || ${answer[0]} != *[/=\(] ]] || compopt -o nospace
      ;;
  esac
}
complete -F _reg reg
