package io.github.smsdispatch.examples.quickstart;

import java.io.PrintStream;

/** Where the user follows the job. Used by one thread. */
interface Display {
    /** A line that stays. */
    void say(String line);

    /** How far the job is; called several times a second. */
    void show(Progress progress);

    /** Nothing is shown after this but lines that stay. */
    void finish();

    /** The display for a terminal. */
    static Display on(PrintStream out, Terminal terminal) {
        return terminal.live() ? new LiveDisplay(out, terminal) : new PlainDisplay(out, new Ink(terminal));
    }
}
