package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.WebhookVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The desk")
class DeskTest {
    private static final InputStream BROKEN = new InputStream() {
        @Override
        public int read() throws IOException {
            throw new IOException("after +447700900123");
        }

        @Override
        public int read(byte[] into, int offset, int wanted) throws IOException {
            return read();
        }
    };

    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

    private final Desk desk =
            new Desk((account, request) -> WebhookVerdict.of(List.of()), WebhookOptions.defaults(), () -> 0, () -> now);

    private Answer answer(String authority, InputStream body) {
        return desk.answer(new Call("POST", "http", authority, "/hooks", "/hooks/twilio", null, Map.of(), -1, body));
    }

    @Test
    @DisplayName("tells of broken bodies once a minute, how many they were, and nothing of what was in them")
    void brokenBodies() throws Exception {
        assertThat(Screen.during(() -> answer("sms.example.org", BROKEN)))
                .contains("answered 400: a webhook has a body that broke off or cannot be read"
                        + " (1 since the last line like this)")
                .doesNotContain("7700900123");
        assertThat(Screen.during(() -> answer("sms.example.org", BROKEN))).isEmpty();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(Screen.during(() -> answer("sms.example.org", BROKEN)))
                .contains("(2 since the last line like this)");
    }

    @Test
    @DisplayName("counts each kind of refusal by itself")
    void kinds() throws Exception {
        answer("sms.example.org", BROKEN);
        assertThat(Screen.during(() -> answer(null, InputStream.nullInputStream())))
                .contains("answered 400: a webhook does not say which host it is for"
                        + " (1 since the last line like this)");
    }
}
