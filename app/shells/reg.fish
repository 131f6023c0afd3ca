# Completion of reg's commands, options, and of what is registered.
#
# fish has completions of its own for another program of this name, and reads only the first
# reg.fish on $fish_complete_path: this one has to be a file there, as sourcing it would add to them.

function __reg_complete
    set -l typed (commandline -opc)
    while string match -qr '^[A-Za-z_][A-Za-z0-9_]*=' -- $typed[1]
        set -fx (string split -m 1 = -- $typed[1])
        set -e typed[1]
    end
    set -l word (commandline -ct)
    set -l answer (reg completion words -- $typed[2..-1] "$(__reg_unquoted $word)" 2>/dev/null)
    switch "$answer[1]"
        case \tfiles \tfolders
            set -l option (string match -r -- '^--[a-z-]+=' $word)
            set -l path (string replace -r -- '^--[a-z-]+=' '' $word)
            if test "$answer[1]" = \tfolders
                __fish_complete_directories "$path" '' | string replace -r '^' -- "$option"
            else
                __fish_complete_path "$path" | string replace -r '^' -- "$option"
            end
        case '*'
            printf '%s\n' $answer
    end
end

# The word as it will be given to the program; a quote may be open.
function __reg_unquoted
    string unescape -- $argv; or string unescape -- $argv\'; or string unescape -- $argv\"; or printf '%s\n' $argv
end

complete -c reg -f -a '(__reg_complete)'
