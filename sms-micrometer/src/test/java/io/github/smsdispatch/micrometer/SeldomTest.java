package io.github.smsdispatch.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What costs to ask for")
class SeldomTest {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Queue<Runnable> asking = new ArrayDeque<>();
    private long nanos = -3;
    private int asked;
    private Supplier<String> source = () -> "answer " + ++asked;
    private final Seldom<String> seldom = new Seldom<>(() -> source.get(), EVERY, () -> nanos, asking::add);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    @DisplayName("is not asked for on the thread of who wants it, who gets the latest answer there is")
    void beside() {
        assertThat(seldom.latest()).isNull();
        assertThat(asked).isZero();
        asking.remove().run();
        assertThat(seldom.latest()).isEqualTo("answer 1");
        pass(EVERY);
        assertThat(seldom.latest()).isEqualTo("answer 1");
        asking.remove().run();
        assertThat(seldom.latest()).isEqualTo("answer 2");
    }

    @Test
    @DisplayName("is asked for once in the time, however often it is wanted")
    void seldom() {
        for (int i = 0; i < 5; i++) {
            seldom.latest();
            pass(Duration.ofSeconds(1));
        }
        assertThat(asking).hasSize(1);
        asking.remove().run();
        pass(EVERY.minusSeconds(5).minusNanos(1));
        seldom.latest();
        assertThat(asking).isEmpty();
        pass(Duration.ofNanos(1));
        seldom.latest();
        assertThat(asking).hasSize(1);
    }

    @Test
    @DisplayName("is never asked for twice at a time, and is unknown when the answer takes longer than the pause")
    void hanging() {
        seldom.latest();
        asking.remove().run();
        pass(EVERY);
        assertThat(seldom.latest()).isEqualTo("answer 1");
        pass(EVERY.minusNanos(1));
        assertThat(seldom.latest()).isEqualTo("answer 1");
        pass(Duration.ofNanos(1));
        assertThat(seldom.latest()).isNull();
        assertThat(asking).hasSize(1);
        asking.remove().run();
        assertThat(seldom.latest()).isEqualTo("answer 2");
        assertThat(asking).hasSize(1);
    }

    @Test
    @DisplayName("is unknown after a failure, until the next answer")
    void failing() {
        seldom.latest();
        asking.remove().run();
        Supplier<String> well = source;
        source = () -> {
            throw new IllegalStateException("scripted");
        };
        pass(EVERY);
        seldom.latest();
        asking.remove().run();
        assertThat(seldom.latest()).isNull();
        source = well;
        pass(EVERY);
        seldom.latest();
        asking.remove().run();
        assertThat(seldom.latest()).isEqualTo("answer 2");
    }

    @Test
    @DisplayName("is asked for again after there was no thread to ask on")
    void noThread() {
        var noThreads = new Seldom<>(() -> source.get(), EVERY, () -> nanos, task -> {
            if (asked++ == 0) {
                throw new RejectedExecutionException("scripted");
            }
            task.run();
        });
        assertThat(noThreads.latest()).isNull();
        pass(EVERY);
        assertThat(noThreads.latest()).isEqualTo("answer 3");
    }
}
