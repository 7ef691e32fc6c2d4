"""Tables: threads of messages on a group, meeting, agenda item, document, clause, work item or statement."""
