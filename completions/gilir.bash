# bash completion for gilir, as `gilir completion bash` prints it. Needs bash 4.4 and no package beside.
# All that can be completed is known to `gilir complete`; here its lines become what readline wants.
_gilir() {
  local rest=${COMP_LINE:0:COMP_POINT} words=() piece=
  local i line word about value kept
  # bash has cut words at = and : as well: put together what no blank divides, up to the cursor.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    if ((i == 0)) || [[ $rest == [[:space:]]* ]]; then
      rest=${rest#"${rest%%[![:space:]]*}"}
      words+=("")
    fi
    piece=${COMP_WORDS[i]}
    [[ $rest == "$piece"* ]] || piece=$rest
    rest=${rest:${#piece}}
    words[-1]+=$piece
  done
  local quoted=
  [[ $piece == [\"\']* ]] && quoted=${piece:0:1}
  # Quotes and backslashes are the shell's; gilir is told what they stand for, and nothing is evaluated.
  words=("${words[@]//[\\\"\']/}")
  piece=${piece//[\\\"\']/}
  [[ $piece == [=:] ]] && piece=
  kept=${words[-1]%"$piece"}

  local values=() abouts=()
  while IFS= read -r line; do
    word=${line%%$'\t'*} about=${line#*$'\t'}
    if [[ -z $word ]]; then
      compopt -o filenames
      case $about in
        files) mapfile -t COMPREPLY < <(compgen -f -- "$piece") ;;
        directories) mapfile -t COMPREPLY < <(compgen -d -- "$piece") ;;
        programs) mapfile -t COMPREPLY < <(compgen -c -- "$piece") ;;
      esac
      return
    fi
    value=${word#"$kept"}
    # A name may hold anything that is printable: behind an open quote it must not become a command either.
    case $quoted in
      '"')
        [[ $value != *!* ]] || continue
        value=${value//\\/\\\\} value=${value//\"/\\\"} value=${value//\$/\\\$} value=${value//\`/\\\`}
        ;;
      "'") [[ $value != *\'* ]] || continue ;;
      *) printf -v value %q "$value" ;;
    esac
    values+=("$value") abouts+=("$about")
  done < <(command gilir complete -- "${words[@]:1}" 2>/dev/null)

  COMPREPLY=("${values[@]}")
  # Only where the candidates are listed (?, ! and @ of COMP_TYPE) does one read what each of them is. What they have
  # in common at the beginning stays the same: a blank ends every value.
  if ((${#values[@]} > 1)) && [[ $COMP_TYPE == 63 || $COMP_TYPE == 33 || $COMP_TYPE == 64 ]]; then
    local widest=0
    for value in "${values[@]}"; do ((${#value} > widest)) && widest=${#value}; done
    for i in "${!values[@]}"; do
      [[ ${abouts[i]} ]] || continue
      printf -v line '%-*s  (%s)' "$widest" "${values[i]}" "${abouts[i]}"
      COMPREPLY[i]=${line:0:${COLUMNS:-80}-1}
    done
  fi
}
complete -o nosort -F _gilir gilir
