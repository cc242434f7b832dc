package io.github.smsdispatch.benchmarks.micro;

import io.github.smsdispatch.MessageState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Asking whether a message may move on. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Thread)
public class StateGuardCost {
    /** How many pairs of states there are. */
    public static final int PAIRS = 12 * 12;

    private MessageState[] states = MessageState.values();

    /** JMH makes one. */
    public StateGuardCost() {}

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public int canBecome() {
        int allowed = 0;
        for (MessageState from : states) {
            for (MessageState to : states) {
                if (from.canBecome(to)) {
                    allowed++;
                }
            }
        }
        return allowed;
    }
}
