package io.github.smsdispatch.googleverify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.DispatchEngineBuilder;
import io.github.smsdispatch.engine.Routing;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The two ways of the README, each from the message to its end. */
@Timeout(60)
class GoogleVerifyEngineTest {
    private static final ProviderAccount SERVER = ProviderAccount.of("googleverify");
    private static final ProviderAccount OTHER = ProviderAccount.of("other");
    private static final PhoneNumber RECIPIENT = PhoneNumber.parse("+12025550123");

    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .googleVerify(GoogleVerifyCredentials.fake())
            .faults(FaultScript.of("delivery=50ms"))
            .start();

    @Test
    void codesAreHandedOverInBatchesAndFollowedUntilTheyAreUsed() throws Exception {
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        try (carrier;
                DispatchEngine engine =
                        engine().routing(Routing.failover(SERVER)).build()) {
            // README 1
            CodeRequest request =
                    CodeRequest.of(TestType.CONFIRMED).testDate(yesterday).build();
            Message message =
                    request.messageTo(RECIPIENT).idempotencyKey("case-4711").build();
            // end
            MessageId first = engine.enqueue(message).id();
            engine.enqueueAll(IntStream.range(0, 25)
                    .mapToObj(i -> request.messageTo(PhoneNumber.parse("+1202555" + "01%02d".formatted(i)))
                            .build()));
            MessageId foreign = engine.enqueue(
                            Message.to(RECIPIENT).text("Your table is ready.").build())
                    .id();
            engine.start();

            assertThat(engine.drain(Duration.ofSeconds(40))).isTrue();
            assertThat(state(engine, first)).isEqualTo(MessageState.DELIVERED);
            assertThat(state(engine, foreign)).isEqualTo(MessageState.REJECTED);
            assertThat(engine.counts())
                    .filteredOn(count -> count.state() == MessageState.DELIVERED)
                    .singleElement()
                    .satisfies(count -> assertThat(count.messages()).isEqualTo(26));
            assertThat(carrier.ledger().size()).isEqualTo(26);
            assertThat(carrier.ledger().acceptedMoreThanOnce()).isEmpty();
        }
    }

    @Test
    void aTextOfTheServerGoesOutThroughAnotherProviderAsItIs() throws Exception {
        var sent = new Sent();
        var settings = Map.of(
                "base-url", carrier.baseUrl().toString(),
                "api-key", GoogleVerifyCredentials.fake().apiKey());
        CodeRequest request = CodeRequest.of(TestType.CONFIRMED).build();
        try (carrier;
                VerificationCodes codes = VerificationCodes.create(settings);
                DispatchEngine engine = engine().account(OTHER, sent)
                        .routing(Routing.failover(OTHER))
                        .build()) {
            // README 2
            GeneratedText generated = codes.generate(RECIPIENT, request);
            if (generated instanceof GeneratedText.Ready ready) {
                Duration life = Duration.between(Instant.now(), ready.expiresAt());
                engine.enqueue(ready.message().validity(life).build());
            }
            // end
            engine.start();

            assertThat(generated).isInstanceOf(GeneratedText.Ready.class);
            assertThat(sent.texts.take()).isEqualTo(((GeneratedText.Ready) generated).text());
            assertThat(carrier.ledger().size()).isZero();
        }
    }

    @Test
    void besideAnotherProviderItGetsTheCodesAndTheOtherOneAllElse() throws Exception {
        var sent = new Sent();
        try (carrier;
                DispatchEngine engine = engine().account(OTHER, sent)
                        .routing(message ->
                                message.attributes().isEmpty() ? List.of(SERVER, OTHER) : List.of(OTHER, SERVER))
                        .build()) {
            MessageId code = engine.enqueue(CodeRequest.of(TestType.CONFIRMED)
                            .build()
                            .messageTo(RECIPIENT)
                            .build())
                    .id();
            engine.start();

            assertThat(engine.drain(Duration.ofSeconds(40))).isTrue();
            assertThat(state(engine, code)).isEqualTo(MessageState.DELIVERED);
            assertThat(engine.status(code).orElseThrow().account()).isEqualTo(SERVER);
            assertThat(sent.texts).isEmpty();

            MessageId text = engine.enqueue(
                            Message.to(RECIPIENT).text("Your table is ready.").build())
                    .id();
            assertThat(sent.texts.take()).isEqualTo("Your table is ready.");
            assertThat(engine.status(text).orElseThrow().account()).isEqualTo(OTHER);
            assertThat(engine.status(text).orElseThrow().attempts()).isEqualTo(1);
        }
    }

    @Test
    void theReadmeShowsWhatIsCompiledHere() throws Exception {
        String source = Files.readString(
                Path.of("src/test/java/io/github/smsdispatch/googleverify/GoogleVerifyEngineTest.java"));
        String readme = Files.readString(Path.of("README.md")).replaceAll("\\s", "");
        for (int example = 1; example <= 2; example++) {
            String begin = "// README " + example + "\n";
            int from = source.indexOf(begin) + begin.length();
            // Without white space, as lines are broken where they stand.
            String lines =
                    source.substring(from, source.indexOf("// end", from)).replaceAll("\\s", "");
            assertThat(lines).hasSizeGreaterThan(100);
            assertThat(readme).contains("```java" + lines + "```");
        }
    }

    private DispatchEngineBuilder engine() {
        var settings = Map.of(
                "googleverify.base-url", carrier.baseUrl().toString(),
                "googleverify.api-key", GoogleVerifyCredentials.fake().apiKey(),
                "googleverify.receipt-patience", "PT0.1S");
        return DispatchEngine.builder(new InMemoryMessageStore())
                .accounts(ProviderCatalog.discover().create(List.of(SERVER), SettingSource.of(settings)))
                .lookupPause(Duration.ofMillis(50), Duration.ofMillis(100))
                .idlePause(Duration.ofMillis(20));
    }

    private static MessageState state(DispatchEngine engine, MessageId id) {
        return engine.status(id).orElseThrow().state();
    }

    /** A provider that takes every text and keeps it. */
    private static final class Sent implements SmsProvider {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        @Override
        public ProviderTraits traits() {
            return ProviderTraits.builder().build();
        }

        @Override
        public List<SubmitOutcome> submit(List<Submission> batch) {
            return batch.stream()
                    .map(submission -> {
                        texts.add(submission.text());
                        return (SubmitOutcome)
                                SubmitOutcome.Accepted.as(submission.reference().toString());
                    })
                    .toList();
        }
    }
}
