"""From many things customers said to the few themes they are about: found, named by people, then followed."""
