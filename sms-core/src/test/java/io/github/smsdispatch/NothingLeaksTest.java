package io.github.smsdispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.store.Begun;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.ConsentWord;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.SyncTask;
import io.github.smsdispatch.text.Segments;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What holds a number, a text or a secret does not show it")
class NothingLeaksTest {
    private static final PhoneNumber RECIPIENT = PhoneNumber.parse("+12025550123");
    private static final Sender SENDER = Sender.of("+447700900123");
    private static final String TEXT = "your code is 4711";
    private static final String SECRET = "0123-fake-token";

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Message MESSAGE = Message.to(RECIPIENT)
            .sender(SENDER)
            .text(TEXT)
            .attribute("note", TEXT)
            .build();
    private static final DoubtfulAttempt DOUBTFUL =
            new DoubtfulAttempt(AttemptId.create(), RECIPIENT, SENDER, TEXT, Segments.of(TEXT), NOW, NOW);

    private static final InboundText INBOUND =
            new InboundText(ProviderAccount.of("twilio"), "id-1", RECIPIENT.e164(), SENDER.value(), TEXT, null, NOW);

    static Stream<Object> holders() {
        return Stream.of(
                RECIPIENT,
                SENDER,
                MESSAGE,
                DOUBTFUL,
                new Submission(
                        AttemptId.create(), RECIPIENT, SENDER, TEXT, Segments.of(TEXT), Duration.ofHours(1), Map.of()),
                new SentAttempt(AttemptId.create(), List.of("id-1"), RECIPIENT, NOW),
                new Claim(MESSAGE, 1, NOW, NOW, NOW, List.of(), false),
                new ClaimRequest(
                        new Line(ProviderAccount.of("alpha"), Lane.BULK),
                        new Claim(MESSAGE, 1, NOW, NOW, NOW, List.of(), false),
                        1,
                        Duration.ofMinutes(1)),
                new Begun(
                        new Claim(MESSAGE, 1, NOW, NOW, NOW, List.of(), false),
                        AttemptId.create(),
                        ProviderAccount.of("alpha")),
                new SyncTask(
                        MESSAGE.id(),
                        MessageState.IN_DOUBT,
                        ProviderAccount.of("twilio"),
                        DOUBTFUL,
                        List.of(),
                        0,
                        0,
                        NOW,
                        DoubtPolicy.HOLD,
                        NOW),
                new WebhookRequest(
                        "POST",
                        "https://sms.example/hook?to=" + RECIPIENT.e164(),
                        Map.of("X-Signature", List.of(SECRET)),
                        TEXT.getBytes(StandardCharsets.UTF_8)),
                INBOUND,
                new ConsentChange(ProviderAccount.of("twilio"), "in-1", RECIPIENT, Consent.WITHDRAWN, SENDER.value()),
                new ConsentWord(ProviderAccount.of("twilio"), "in-1", RECIPIENT, Consent.WITHDRAWN, Set.of("acme")),
                WebhookVerdict.of(List.of(INBOUND)).answeredWith("text/plain", TEXT),
                new ProviderSettings(ProviderAccount.of("twilio"), Map.of("auth-token", SECRET)),
                ProviderSetting.required("auth-token", "the token").asSecret().orElse(SECRET));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("holders")
    @DisplayName("in toString")
    void masked(Object holder) {
        assertThat(holder.toString())
                .as(holder.getClass().getSimpleName())
                .doesNotContain("2025550", SENDER.value().substring(3), "code", "4711", SECRET);
    }

    @Test
    @DisplayName("and no public record with such a component is missing from this test")
    void complete() throws IOException, URISyntaxException {
        Set<Class<?>> tested = holders().map(Object::getClass).collect(Collectors.toSet());
        List<Class<?>> holding =
                publicRecords().filter(type -> holds(type, tested)).toList();
        assertThat(holding).isNotEmpty();
        assertThat(tested).containsAll(holding);
    }

    private static boolean holds(Class<?> type, Set<Class<?>> holders) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> holders.contains(component.getType())
                        || component.getName().equals("text"));
    }

    private static Stream<Class<?>> publicRecords() throws IOException, URISyntaxException {
        Path classes = Path.of(Message.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files
                    .map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                    .map(name -> name.replace(".class", "").replace(File.separatorChar, '.'))
                    .<Class<?>>map(NothingLeaksTest::load)
                    .filter(type -> type.isRecord() && Modifier.isPublic(type.getModifiers()))
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, NothingLeaksTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
