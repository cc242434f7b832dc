package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The display")
class PictureTest {
    private static final ProviderAccount TWILIO = ProviderAccount.of("twilio");
    private static final Progress PROGRESS = new Progress(
            List.of(
                    new StateCount(MessageState.QUEUED, null, 1_234_567, 1_234_567),
                    new StateCount(MessageState.SENT, TWILIO, 1, 2),
                    new StateCount(MessageState.DELIVERED, TWILIO, 99, 150)),
            List.of(new Progress.Carrier(TWILIO, Progress.Mood.DOWN, "dark: refuses connections, and more ".repeat(4))),
            117.4,
            Duration.ofSeconds(65),
            Instant.parse("2026-11-21T10:00:00Z"));

    @ParameterizedTest
    @ValueSource(ints = {80, 100})
    @DisplayName("never fills a line beyond the width of the terminal")
    void width(int columns) {
        List<String> lines = new Picture(new Terminal(true, false, true, columns)).of(PROGRESS);

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("queued", "1,234,567"));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("twilio", "dark: refuses"));
    }

    @Test
    @DisplayName("shows a single message among a million")
    void oneOfMany() {
        var ink = new Ink(new Terminal(true, false, true, 80));

        assertThat(ink.bar(1e-6, 10)).startsWith("▏").hasSize(10);
        assertThat(ink.bar(0, 10)).isBlank();
        assertThat(ink.bar(1, 10)).isEqualTo("█".repeat(10));
        assertThat(ink.bar(0.55, 10)).isEqualTo("█████▌    ");
    }

    @Test
    @DisplayName("is plain ASCII where the terminal knows no more, and without colours where they are not wanted")
    void plain() {
        List<String> lines = new Picture(new Terminal(true, false, false, 80)).of(PROGRESS);

        assertThat(String.join("\n", lines)).matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    @DisplayName("is drawn over only in a terminal that can do so")
    void detection() {
        assertThat(Terminal.detect(Map.of("TERM", "dumb")).live()).isFalse();
        assertThat(Terminal.detect(Map.of("TERM", "xterm")).live()).isFalse();
        System.setProperty("quickstart.columns", "120");
        try {
            assertThat(Terminal.detect(Map.of("TERM", "xterm")))
                    .extracting(Terminal::live, Terminal::colour, Terminal::columns)
                    .containsExactly(true, true, 100);
            assertThat(Terminal.detect(Map.of("TERM", "xterm", "NO_COLOR", "1")).colour())
                    .isFalse();
            assertThat(Terminal.detect(Map.of("TERM", "dumb")).live()).isFalse();
        } finally {
            System.clearProperty("quickstart.columns");
        }
    }
}
