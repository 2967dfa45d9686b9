"""How a draft changes: what a message adds, steps taken back, what two drafts say differently."""
