# fish completion for gilir, as `gilir completion fish` prints it.
# All that can be completed is known to `gilir complete`, whose lines are what fish wants.
function __gilir_complete
    set -l before (commandline -opc)
    set -e before[1]
    set -l current (commandline -ct)
    set -l value (string replace -r -- '^--[^=]*=' '' $current)
    set -l kept (string sub -l (math (string length -- "$current") - (string length -- "$value")) -- "$current")
    for line in (command gilir complete -- $before (string unescape -- "$current"; or echo -- "$current") 2>/dev/null)
        switch $line
            case \tfiles
                printf '%s\n' $kept(__fish_complete_path "$value")
            case \tdirectories
                printf '%s\n' $kept(__fish_complete_directories "$value" '')
            case \tprograms
                __fish_complete_command
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c gilir -f -k -a '(__gilir_complete)'
