package io.github.smsdispatch.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AfricasTalkingShowsNothingTest {
    private static final String SECRET_TEXT = "Geheimnis";

    @Test
    void numbersTextsAndSecretsAreInNoLogNoOutcomeAndNoVerdict() throws Exception {
        try (var server = new AnsweringServer();
                AfricasTalkingProvider provider =
                        Accounts.provider(server, "webhook-secret", Accounts.WEBHOOK_SECRET)) {
            String number = Accounts.number(98);
            String echo = number + " " + SECRET_TEXT + " " + Accounts.API_KEY;
            server.answers(400, echo)
                    .answers(500, echo)
                    .answers(201, Answer.of(echo))
                    .answers(
                            201,
                            Answer.sent("{\"number\":\"" + number + "\",\"status\":\"" + echo + "\",\"messageId\":\""
                                    + echo + "\"}"));

            var shown = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                shown.addAll(provider.submit(List.of(Accounts.to(98, SECRET_TEXT))));
            }
            shown.add(call(provider, "https://example.com/forged", "id=7&status=" + SECRET_TEXT));
            shown.add(call(
                    provider,
                    "https://example.com/" + Accounts.WEBHOOK_SECRET,
                    "id=7&from=" + number.substring(1) + "&to=20880&text=" + SECRET_TEXT));
            shown.add(call(
                    provider,
                    "https://example.com/" + Accounts.WEBHOOK_SECRET,
                    "id=7&status=" + number.substring(1) + SECRET_TEXT));
            shown.add(provider);
            shown.add(provider.unknownCodes());

            String all = Files.readString(Path.of("target", "trace.log")) + shown;
            assertThat(all).contains("africastalking POST -> Answered[400", "WebhookVerdict[403", "WebhookVerdict[200");
            assertThat(all)
                    .doesNotContain(
                            "254700000098",
                            SECRET_TEXT,
                            Accounts.API_KEY,
                            Accounts.WEBHOOK_SECRET,
                            "apiKey",
                            "username");
        }
    }

    private static WebhookVerdict call(AfricasTalkingProvider provider, String url, String body) {
        return provider.parse(new WebhookRequest("POST", url, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }
}
