package io.github.smsdispatch.engine;

/**
 * Steps an engine by hand, its calls on the calling thread, so that time passes only where a test lets it pass. It is in this
 * package because no user of the engine needs that.
 */
public final class Stepper {
    private static final int FAR_TOO_MANY_ROUNDS = 10_000;

    private Stepper() {}

    /** The engine, with all of its calls on the thread that steps it. */
    public static DispatchEngine build(DispatchEngineBuilder builder) {
        return builder.executor(Runnable::run).build();
    }

    /** Steps all loops until none of them finds anything to do at this time. */
    public static void settle(DispatchEngine engine) {
        for (int rounds = 0; engine.runOnce(); rounds++) {
            if (rounds > FAR_TOO_MANY_ROUNDS) {
                throw new AssertionError("rounds without an end");
            }
        }
    }
}
