"""Who hears of what: reads the journal, writes letters like everybody else."""
