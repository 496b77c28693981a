"""From accepted files to a finished program: sandboxed runs, checks, toolchains, builds, delivery."""
