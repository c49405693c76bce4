"""What the agent is judged by: songs, loops, sentences, and what each sentence must leave."""
