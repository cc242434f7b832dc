package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is told of something thrown")
class FramesTest {
    private static final StackTraceElement FRAME = new StackTraceElement("a.B", "c", "B.java", 7);

    private static <T extends Throwable> T at(T thrown, int frames) {
        var all = new StackTraceElement[frames];
        Arrays.fill(all, FRAME);
        thrown.setStackTrace(all);
        return thrown;
    }

    @Test
    @DisplayName("is its class, its frames and those of its cause, and nothing that it says")
    void classesAndFrames() {
        var cause = at(new ArithmeticException("for +447700900123"), 1);
        var thrown = at(new IllegalStateException("cannot read +447700900123", cause), 2);
        assertThat(Frames.of(thrown))
                .isEqualTo(
                        """
                        java.lang.IllegalStateException
                        \tat a.B.c(B.java:7)
                        \tat a.B.c(B.java:7)
                        caused by java.lang.ArithmeticException
                        \tat a.B.c(B.java:7)""");
    }

    @Test
    @DisplayName("ends, also where frames are many and causes go in a circle")
    void bounded() {
        var one = at(new IllegalStateException("one"), 1_000);
        one.initCause(at(new IllegalStateException("two", one), 0));
        assertThat(Frames.of(one).lines().filter(line -> line.startsWith("caused by")))
                .hasSize(5);
        assertThat(Frames.of(one).lines()).hasSize(1 + 30 + 5 + 2 * 30);
    }
}
