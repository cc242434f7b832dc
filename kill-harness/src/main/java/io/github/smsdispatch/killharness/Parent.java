package io.github.smsdispatch.killharness;

import java.io.IOException;

/** Ends a process when the harness that started it is gone, however that ended. */
final class Parent {
    /** Not 0: nothing was closed. */
    private static final int ORPHANED = 3;

    private Parent() {}

    /**
     * Returns at once; the process is halted when its standard input, which the harness holds open, ends. And when the
     * calling thread does by an exception: a process that only seems to be there would be no use.
     */
    static void watch() {
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        var watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // The harness says nothing; it only is there.
                        }
                    } catch (IOException e) {
                        // Gone as well.
                    }
                    Runtime.getRuntime().halt(ORPHANED);
                },
                "parent");
        watcher.setDaemon(true);
        watcher.start();
    }
}
