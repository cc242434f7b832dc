package io.github.smsdispatch.killharness;

import java.util.Locale;

/** The kinds of processes that are killed, and how many of a hundred kills each gets. */
enum Role {
    /** Runs an engine. */
    NODE(50),
    /** Takes the messages. */
    CARRIER(20),
    /** Keeps them. */
    DATABASE(15),
    /** Puts them into the store. */
    ENQUEUER(15);

    private final int share;

    Role(int share) {
        this.share = share;
    }

    int share() {
        return share;
    }

    /** As people read it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
