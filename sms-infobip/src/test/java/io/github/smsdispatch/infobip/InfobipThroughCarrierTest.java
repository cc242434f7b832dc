package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.text.Segments;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The module against a carrier that speaks Infobip's wire format. */
@Timeout(120)
class InfobipThroughCarrierTest {
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900100");

    @Test
    void whateverGoesWrongNothingIsLostAndNothingIsSentTwice() throws Exception {
        var faults = FaultScript.of("latency=1ms..10ms,delivery=50ms..300ms,throttle=4%,http429=2%,http503=4%,"
                + "error-after-accept=4%,lose-answer=4%,drop-request=4%,stall=2%,garbage=4%,lose-receipt=10%,"
                + "early-receipt=10%,repeat-receipt=10%,reorder-receipt=10%,undelivered=10%,lookup503=10%");
        var engine = new AtomicReference<DispatchEngine>();
        HttpServer webhooks = Engines.server(request -> new Engines.Answer(
                engine.get().receive(Engines.ACCOUNT, request).status(), ""));
        try (var carrier = CarrierSimulator.builder()
                        .infobip(InfobipCredentials.fake())
                        .seed(11)
                        .faults(faults)
                        .start();
                InfobipProvider provider = provider(
                        carrier,
                        Map.of(
                                "callback-url", Engines.url(webhooks) + "/reports",
                                "webhook-secret", Accounts.SECRET,
                                "batch-size", "5",
                                "timeout", "PT1S",
                                "receipt-patience", "PT0.5S",
                                "absence-proof", "PT1S"));
                DispatchEngine running =
                        Engines.inAHurry(provider, change -> {}).start()) {
            engine.set(running);
            running.enqueueAll(IntStream.range(0, 300).mapToObj(i -> Message.to("+4477009%05d".formatted(i))
                    .text("Text number " + i)
                    .build()));

            assertThat(running.drain(Duration.ofSeconds(90))).isTrue();

            assertThat(carrier.ledger().acceptedMoreThanOnce()).isEmpty();
            assertThat(carrier.ledger().size()).isEqualTo(300);
            assertThat(running.counts().stream().collect(Collectors.toMap(StateCount::state, StateCount::messages)))
                    .isEqualTo(Map.of(
                            MessageState.DELIVERED, inLedger(carrier, CarrierState.DELIVERED),
                            MessageState.UNDELIVERED, inLedger(carrier, CarrierState.UNDELIVERED)));
            assertThat(provider.unknownCodes()).isEmpty();
        } finally {
            webhooks.stop(0);
        }
    }

    @Test
    void aLostAnswerIsFoundInTheLogAndAnAbsenceIsAnAbsence() {
        try (var carrier = carrier();
                InfobipProvider provider = provider(carrier, Map.of())) {
            carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);

            assertThat(provider.submit(Batches.of(2))).allMatch(SubmitOutcome.Unknown.class::isInstance);

            assertThat(provider.find(doubt(1)))
                    .isInstanceOfSatisfying(LookupAnswer.Found.class, found -> assertThat(found.receipts())
                            .extracting(Receipt::reference)
                            .containsExactly(AttemptId.parse(Batches.id(1))));
            assertThat(provider.find(doubt(2))).isEqualTo(new LookupAnswer.Absent());
        }
    }

    @Test
    void theSameReferenceIsTakenOnceHoweverOftenItIsHandedOver() {
        try (var carrier = carrier();
                InfobipProvider provider = provider(carrier, Map.of())) {
            var accepted = new SubmitOutcome.Accepted(List.of(Batches.id(0)), 1, null);
            var known = new SubmitOutcome.Accepted(List.of(Batches.id(0)), 0, null);

            assertThat(provider.submit(Batches.of(1))).containsExactly(accepted);
            assertThat(provider.submit(Batches.of(1))).containsExactly(known);
            assertThat(carrier.ledger().size()).isEqualTo(1);
        }
    }

    @Test
    void theWholeLogIsReadPageByPage() {
        try (var carrier = carrier();
                InfobipProvider provider = provider(carrier, Map.of("batch-size", "600"))) {
            Instant from = Instant.now().minusSeconds(60);
            List<Submission> batch = IntStream.range(0, 600)
                    .mapToObj(place -> Batches.at(place, "Hello", Map.of()))
                    .toList();
            provider.submit(batch);

            List<AttemptId> references = new ArrayList<>();
            int pages = 0;
            @Nullable String cursor = null;
            do {
                var page = (LogAnswer.Page) provider.readLog(from, Instant.now().plusSeconds(60), cursor);
                page.receipts().forEach(receipt -> references.add(receipt.reference()));
                cursor = page.next();
                pages++;
            } while (cursor != null);

            assertThat(pages).isEqualTo(3);
            assertThat(references)
                    .containsExactlyInAnyOrderElementsOf(
                            batch.stream().map(Submission::reference).toList());
        }
    }

    @Test
    void aTextFromAPhoneArrives() throws Exception {
        Queue<WebhookVerdict> verdicts = new ConcurrentLinkedQueue<>();
        try (InfobipProvider provider = Accounts.provider(Map.of("webhook-secret", Accounts.SECRET))) {
            HttpServer webhooks = Engines.server(request -> {
                verdicts.add(provider.parse(request));
                return new Engines.Answer(200, "");
            });
            try (var carrier = CarrierSimulator.builder()
                    .infobip(InfobipCredentials.fake())
                    .inboundUrl(URI.create(Engines.url(webhooks) + "/in?token=" + Accounts.SECRET))
                    .start()) {
                assertThat(carrier.sendText("infobip", "+447700900123", "+447700900999", "STOP ✓"))
                        .isTrue();
            } finally {
                webhooks.stop(0);
            }
        }

        assertThat(verdicts).singleElement().satisfies(verdict -> {
            InboundText text = (InboundText) verdict.events().get(0);
            assertThat(text.from()).isEqualTo("+447700900123");
            assertThat(text.to()).isEqualTo("+447700900999");
            assertThat(text.text()).isEqualTo("STOP ✓");
        });
    }

    @Test
    void numbersAreChecked() {
        try (var carrier = carrier();
                InfobipProvider provider = provider(carrier, Map.of())) {
            assertThat(provider.check(List.of(
                            PhoneNumber.parse("+447700900123"),
                            PhoneNumber.parse("+447700900100"),
                            PhoneNumber.parse("+447700900199"))))
                    .extracting(RecipientFinding::reach)
                    .containsExactly(Reach.POSSIBLE, Reach.IMPOSSIBLE, Reach.UNKNOWN);
        }
    }

    private static CarrierSimulator carrier() {
        return CarrierSimulator.builder().infobip(InfobipCredentials.fake()).start();
    }

    private static InfobipProvider provider(CarrierSimulator carrier, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("base-url", carrier.baseUrl().toString());
        settings.put("api-key", InfobipCredentials.fake().apiKey());
        return Accounts.provider(settings);
    }

    private static long inLedger(CarrierSimulator carrier, CarrierState state) {
        return carrier.ledger().entries().stream()
                .filter(entry -> entry.state() == state)
                .count();
    }

    private static DoubtfulAttempt doubt(int place) {
        return new DoubtfulAttempt(
                AttemptId.parse(Batches.id(place)),
                NUMBER,
                null,
                "Hello",
                Segments.of("Hello"),
                Instant.now(),
                Instant.now());
    }
}
