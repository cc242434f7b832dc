package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What other people's code throws")
class ForeignBugsTest {
    private static final String SECRET = "for +447700900123";

    /** Where it throws; the name is looked for in the log. */
    private static RuntimeException brokenOnPurpose() {
        return new IllegalStateException(SECRET, new IOException(SECRET));
    }

    @Test
    @DisplayName("is logged with classes, frames and causes, and without a word of what it says")
    void frames() {
        var provider = new FakeProvider("first").answer(submission -> {
            throw brokenOnPurpose();
        });
        var engine = new VirtualEngine(provider);
        MessageId id = engine.send("hello");

        String log = Screen.logOf(engine::settle);

        assertThat(log)
                .contains(
                        "first threw from submit: a bug of its module",
                        "java.lang.IllegalStateException",
                        "Caused by: ",
                        "java.io.IOException",
                        "ForeignBugsTest.brokenOnPurpose(ForeignBugsTest.java:")
                .doesNotContain(SECRET);
        assertThat(engine.state(id)).isEqualTo(IN_DOUBT);
        assertThat(engine.status(id).detail()).isEqualTo("the provider module threw IllegalStateException");
    }

    @Test
    @DisplayName("at each hand-over is logged once a minute, with how often it was")
    void damped() {
        var provider = new FakeProvider("first") {
            @Override
            public List<SubmitOutcome> submit(List<Submission> batch) {
                if (batch.get(0).text().startsWith("short")) {
                    return List.of();
                }
                throw brokenOnPurpose();
            }
        };
        var engine = new VirtualEngine(provider);

        String log = Screen.logOf(() -> {
            for (int i = 0; i < 4; i++) {
                engine.send("hello " + i);
                engine.send("short " + i);
                // Which is probed with one message at a time.
                engine.advance(Duration.ofSeconds(10));
            }
        });

        assertThat(log.lines().filter(line -> line.contains("threw from submit")))
                .singleElement()
                .asString()
                .contains("first threw from submit: a bug of its module (1 since the last line like this)");
        assertThat(log.lines().filter(line -> line.contains("outcomes for")))
                .singleElement()
                .asString()
                .contains("first gave 0 outcomes for 1 submissions: a bug of its module (1 since");
        assertThat(Screen.logOf(() -> {
                    engine.send("hello");
                    engine.advance(Duration.ofMinutes(1));
                    engine.advance(Duration.ofMinutes(1));
                }))
                .contains("first threw from submit: a bug of its module (");
    }

    @Test
    @DisplayName("in a look-up is a look-up that failed, also where it is an error such as that of a wrong jar")
    void errorInLookUp() {
        var provider = new FakeProvider("first") {
            private boolean broken = true;

            @Override
            public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
                if (broken) {
                    broken = false;
                    throw new NoSuchMethodError(SECRET);
                }
                return super.lookUp(attempts);
            }
        };
        var engine = new VirtualEngine(provider);
        MessageId id = engine.send("hello");
        engine.settle();
        provider.status = ReceiptState.DELIVERED;

        String log = Screen.logOf(() -> engine.advance(Duration.ofMinutes(2)));

        assertThat(log)
                .contains("first threw from lookUp: a bug of its module", "java.lang.NoSuchMethodError")
                .doesNotContain(SECRET);
        assertThat(engine.state(id)).isEqualTo(SENT);
        assertThat(engine.engine.health().accounts().get(0).up()).isTrue();
        engine.advance(Duration.ofHours(1));
        assertThat(engine.state(id)).isEqualTo(DELIVERED);
    }

    @Test
    @DisplayName("in a search of the log is a look that failed: it proves nothing and is made again")
    void errorInFind() {
        var provider = new FakeProvider("first") {
            private int broken = 2;

            @Override
            public LookupAnswer find(DoubtfulAttempt attempt) {
                if (broken-- > 0) {
                    throw new NoClassDefFoundError(SECRET);
                }
                return super.find(attempt);
            }
        };
        provider.takeAndLoseTheAnswer();
        var engine = new VirtualEngine(provider);
        MessageId id = engine.send("hello");
        engine.settle();

        String log = Screen.logOf(() -> engine.advance(Duration.ofSeconds(15)));

        assertThat(log)
                .contains("first threw from find: a bug of its module", "java.lang.NoClassDefFoundError")
                .doesNotContain(SECRET);
        assertThat(engine.state(id)).isEqualTo(IN_DOUBT);
        engine.advance(Duration.ofHours(1));
        engine.advance(Duration.ofHours(1));
        assertThat(engine.state(id)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("about the size of a batch does not keep other accounts from their look-ups")
    void errorInBatchSize() {
        var broken = new FakeProvider("broken") {
            @Override
            public int maxLookupBatch() {
                throw new NoSuchMethodError(SECRET);
            }
        };
        var sound = new FakeProvider("sound");
        broken.refuse(FailureReason.SENDER);
        var engine = new VirtualEngine(broken, sound);
        engine.send("hello");
        engine.settle();

        String log = Screen.logOf(() -> engine.advance(Duration.ofMinutes(2)));

        assertThat(sound.lookups).isEqualTo(1);
        assertThat(log)
                .contains("broken threw from maxLookupBatch: a bug of its module")
                .doesNotContain(SECRET);
    }

    @Test
    @DisplayName("may have causes that go in a circle, or throw when asked")
    void hostileThrowables() {
        var one = new IllegalStateException(SECRET);
        var other = new IllegalStateException(SECRET, one);
        one.initCause(other);
        assertThat(Trace.of(one)).hasMessage("java.lang.IllegalStateException").hasRootCauseInstanceOf(Trace.class);

        var mute = new RuntimeException(SECRET) {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException(SECRET);
            }
        };
        assertThat(Trace.of(mute)).hasMessage("java.lang.IllegalStateException").hasNoCause();
    }

    @Test
    @DisplayName("from an executor that has no thread left costs no message and no place")
    void noThreads() {
        var failures = new AtomicInteger(40);
        Executor executor = task -> {
            if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread " + SECRET);
            }
            task.run();
        };
        var provider = new FakeProvider("first");
        var engine = new VirtualEngine(UnaryOperator.identity(), UnaryOperator.identity(), executor, provider);
        for (int i = 0; i < 50; i++) {
            engine.send("hello " + i);
        }

        String log = Screen.logOf(() -> {
            engine.settle();
            engine.advance(Duration.ofMinutes(1));
        });

        assertThat(log)
                .contains("calls to first could not be started", "java.lang.OutOfMemoryError")
                .doesNotContain(SECRET);
        assertThat(provider.submissions).hasSize(50);
        assertThat(engine.engine.health().accounts().get(0).inFlight()).isZero();
    }
}
