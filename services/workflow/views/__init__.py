"""The read models of workflow: how events become rows, and rows become lists."""
