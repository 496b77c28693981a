"""Reports: the journal, the ledger and the archive put into words, tables and charts."""
