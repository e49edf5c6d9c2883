"""Form room: questions and answers, whatever they are asked for."""
