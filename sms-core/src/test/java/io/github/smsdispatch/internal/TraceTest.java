package io.github.smsdispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is told of something thrown")
class TraceTest {
    private static final StackTraceElement FRAME = new StackTraceElement("a.B", "c", "B.java", 7);

    private static <T extends Throwable> T at(T thrown, int frames) {
        var all = new StackTraceElement[frames];
        Arrays.fill(all, FRAME);
        thrown.setStackTrace(all);
        return thrown;
    }

    /** As a log prints it. */
    private static String printed(Throwable thrown) {
        var text = new StringWriter();
        Trace.of(thrown).printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    @DisplayName("is its class, its frames and those of its cause, and nothing that it says")
    void classesAndFrames() {
        var cause = at(new ArithmeticException("for +447700900123"), 1);
        var thrown = at(new IllegalStateException("cannot read +447700900123", cause), 2);
        thrown.addSuppressed(new IllegalStateException("closing +447700900123"));

        String name = Trace.class.getName();
        assertThat(printed(thrown).lines())
                .containsExactly(
                        name + ": java.lang.IllegalStateException",
                        "\tat a.B.c(B.java:7)",
                        "\tat a.B.c(B.java:7)",
                        "Caused by: " + name + ": java.lang.ArithmeticException",
                        "\t... 1 more");
        assertThat(Trace.ofCause(thrown)).hasMessage("java.lang.ArithmeticException");
        assertThat(Trace.ofCause(thrown).getStackTrace()).containsExactly(FRAME);
    }

    @Test
    @DisplayName("ends, also where frames are many and causes go in a circle")
    void bounded() {
        var one = at(new IllegalStateException("one"), 1_000);
        one.initCause(at(new IllegalStateException("two", one), 0));

        int causes = 0;
        for (Throwable told = Trace.of(one); told != null; told = told.getCause()) {
            assertThat(told.getStackTrace()).hasSize(causes % 2 == 0 ? 50 : 0);
            causes++;
        }
        assertThat(causes).isEqualTo(1 + 10);
    }

    @Test
    @DisplayName("is told even of what throws itself when it is asked")
    void hostile() {
        var hostile = new RuntimeException("+447700900123") {
            private static final long serialVersionUID = 1L;

            @Override
            public StackTraceElement[] getStackTrace() {
                throw this;
            }
        };
        assertThat(Trace.of(hostile)).hasMessage(hostile.getClass().getName()).hasNoCause();
        assertThat(Trace.of(hostile).getStackTrace()).isEmpty();
    }
}
