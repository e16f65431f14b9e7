// calque version.
#include <stdio.h>

#include "commands/command.h"

int cq_command_version(cq_cli *cli)
{
    (void)cli;
    puts("calque " CQ_VERSION);
    return CQ_EXIT_OK;
}
