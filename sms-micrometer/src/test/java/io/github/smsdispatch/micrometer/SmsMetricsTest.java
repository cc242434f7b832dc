package io.github.smsdispatch.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.Routing;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("The meters of an engine")
class SmsMetricsTest {
    private static final WebhookRequest REQUEST =
            new WebhookRequest("POST", "https://sms.example.org/first", Map.of(), new byte[0]);

    private final InMemoryMessageStore store = new InMemoryMessageStore(InstantSource.system());
    private final FakeProvider first = new FakeProvider("first");
    private final FakeProvider second = new FakeProvider("first:second");
    private final DispatchEngine engine = DispatchEngine.builder(store)
            .account(first.account, first)
            .account(second.account, second)
            .routing(Routing.failover(first.account, second.account))
            .doubtPatience(Duration.ofMillis(1))
            .lookupPause(Duration.ofMillis(1), Duration.ofMillis(1))
            .idlePause(Duration.ofMillis(20))
            .build();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        engine.close();
    }

    private void send(int number) {
        engine.enqueue(Message.to("+447700900123").text("hello " + number).build());
    }

    /** Lets the engine do all there is to do, and tell all of it. */
    private void finish() throws InterruptedException {
        engine.start();
        engine.drain();
        engine.close();
    }

    private double count(String name, String... tags) {
        return required(name, tags).counter().count();
    }

    private double gauge(String name, String... tags) {
        return required(name, tags).gauge().value();
    }

    private RequiredSearch required(String name, String... tags) {
        return registry.get(name).tags(tags);
    }

    @Test
    @DisplayName("count each change of state by account, and a failover where the message went on")
    void transitions() throws Exception {
        new SmsMetrics(engine).bindTo(registry);
        first.script.add(submission -> SubmitOutcome.Refused.because(FailureReason.SENDER, "21606", "scripted"));
        send(1);
        finish();
        assertThat(count("sms.transitions", "from", "queued", "to", "submitting", "account", "first"))
                .isEqualTo(1);
        assertThat(count("sms.transitions", "from", "submitting", "to", "queued", "account", "first"))
                .isEqualTo(1);
        assertThat(count("sms.transitions", "from", "submitting", "to", "sent", "account", "first:second"))
                .isEqualTo(1);
        assertThat(count("sms.transitions", "from", "sent", "to", "delivered", "account", "first:second"))
                .isEqualTo(1);
        assertThat(count("sms.failovers", "account", "first")).isZero();
        assertThat(count("sms.failovers", "account", "first:second")).isEqualTo(1);
    }

    @Test
    @DisplayName("time each hand-over, and count its messages by outcome and reason")
    void handOvers() throws Exception {
        new SmsMetrics(engine).bindTo(registry);
        first.script.add(submission -> SubmitOutcome.Refused.because(FailureReason.RECIPIENT, "21211", "scripted"));
        first.script.add(
                submission -> new SubmitOutcome.Refused(FailureReason.THROTTLED, "429", "scripted", Duration.ZERO));
        send(1);
        send(2);
        send(3);
        finish();
        assertThat(count("sms.handover.messages", "account", "first", "outcome", "accepted", "reason", "none"))
                .isEqualTo(2);
        assertThat(count("sms.handover.messages", "account", "first", "outcome", "refused", "reason", "recipient"))
                .isEqualTo(1);
        assertThat(count("sms.handover.messages", "account", "first", "outcome", "refused", "reason", "throttled"))
                .isEqualTo(1);
        assertThat(count("sms.handover.messages", "account", "first", "outcome", "unknown", "reason", "none"))
                .isZero();
        assertThat(count("sms.throttles", "account", "first", "call", "handover"))
                .isEqualTo(1);
        assertThat(required("sms.handover", "account", "first").timer().count()).isEqualTo(4);
        assertThat(required("sms.handover", "account", "first").timer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    @Test
    @DisplayName("count doubts, how they were settled, and the look-ups that settled them")
    void doubts() throws Exception {
        new SmsMetrics(engine).bindTo(registry);
        first.script.add(submission -> new SubmitOutcome.Unknown(null, "scripted"));
        send(1);
        finish();
        assertThat(count("sms.doubts", "account", "first")).isEqualTo(1);
        assertThat(count("sms.doubts.settled", "account", "first", "as", "taken"))
                .isEqualTo(1);
        assertThat(count("sms.doubts.settled", "account", "first", "as", "again"))
                .isZero();
        assertThat(count("sms.lookup.messages", "account", "first", "kind", "doubt", "answer", "found"))
                .isEqualTo(1);
        assertThat(count("sms.lookup.messages", "account", "first", "kind", "status", "answer", "found"))
                .isEqualTo(1);
        assertThat(required("sms.lookup", "account", "first", "kind", "doubt")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(count("sms.receipts", "account", "first", "source", "lookup"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("count receipts by source, and those that had come before")
    void receipts() {
        new SmsMetrics(engine).bindTo(registry);
        first.verdict = WebhookVerdict.of(List.of(
                new Receipt(first.account, "a", null, ReceiptState.DELIVERED, "delivered", null, null),
                new Receipt(first.account, "b", null, ReceiptState.DELIVERED, "delivered", null, null)));
        engine.receive(first.account, REQUEST);
        engine.receive(first.account, REQUEST);
        assertThat(count("sms.receipts", "account", "first", "source", "webhook"))
                .isEqualTo(4);
        assertThat(count("sms.receipts", "account", "first", "source", "lookup"))
                .isZero();
        assertThat(count("sms.receipts.repeated", "account", "first")).isEqualTo(2);
    }

    @Test
    @DisplayName("show how the engine and its accounts fare")
    void health() throws Exception {
        new SmsMetrics(engine).bindTo(registry);
        assertThat(gauge("sms.engine.running")).isZero();
        first.script.add(submission -> SubmitOutcome.Refused.because(FailureReason.ACCOUNT, "20003", "scripted"));
        first.verdict = WebhookVerdict.of(
                List.of(new InboundText(first.account, "1", "+447700900124", "+447700900100", "hello", null, null)));
        engine.receive(first.account, REQUEST);
        engine.setRunState(second.account, RunState.PAUSED);
        engine.start();
        assertThat(gauge("sms.engine.running")).isEqualTo(1);
        assertThat(gauge("sms.account.up", "account", "first")).isEqualTo(1);
        send(1);
        engine.drain();
        engine.close();
        assertThat(gauge("sms.engine.running")).isZero();
        assertThat(gauge("sms.engine.store.trouble")).isZero();
        assertThat(gauge("sms.engine.loop.trouble")).isZero();
        assertThat(gauge("sms.engine.failed.rounds")).isZero();
        assertThat(gauge("sms.engine.unwritten")).isZero();
        assertThat(gauge("sms.engine.step")).isZero();
        assertThat(gauge("sms.account.paused", "account", "first")).isZero();
        assertThat(gauge("sms.account.paused", "account", "first:second")).isEqualTo(1);
        assertThat(gauge("sms.account.handovers", "account", "first")).isZero();
        assertThat(gauge("sms.account.lookups", "account", "first")).isZero();
        assertThat(gauge("sms.account.lookups.up", "account", "first")).isEqualTo(1);
        assertThat(required("sms.account.unknown.codes", "account", "first")
                        .functionCounter()
                        .count())
                .isEqualTo(3);
        assertThat(required("sms.account.unhandled.texts", "account", "first")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(required("sms.account.lost.stop.words", "account", "first")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    @DisplayName("say how far the work lags behind, and how many messages there are by state where that is wanted")
    void store() {
        SmsMetrics.builder(engine)
                .countsEvery(Duration.ofNanos(1))
                .overdueEvery(Duration.ofNanos(1))
                .executor(Runnable::run)
                .build()
                .bindTo(registry);
        assertThat(overdue("first", "normal")).isZero();
        send(1);
        send(2);
        assertThat(gauge("sms.messages", "state", "queued")).isEqualTo(2);
        assertThat(gauge("sms.messages", "state", "delivered")).isZero();
        assertThat(overdue("first", "normal")).isPositive();
        assertThat(overdue("first", "reply")).isZero();
        assertThat(overdue("first:second", "normal")).isZero();
        assertThat(overdue("none", "normal")).isZero();
        assertThat(overdue("other", "normal")).isZero();
    }

    private double overdue(String account, String lane) {
        return gauge("sms.overdue", "work", "lines", "account", account, "lane", lane);
    }

    @Test
    @DisplayName(
            "show what waits for accounts that the engine does not have as one, and leave out what an operator has stopped")
    void overdueOfOthers() {
        SmsMetrics.builder(engine)
                .overdueEvery(Duration.ofNanos(1))
                .executor(Runnable::run)
                .build()
                .bindTo(registry);
        var gone = ProviderAccount.of("gone");
        Message message = Message.to("+447700900123").text("hello").build();
        store.enqueue(List.of(message), Map.of(message.id(), gone));
        send(1);
        assertThat(overdue("other", "normal")).isPositive();
        assertThat(overdue("first", "normal")).isPositive();
        engine.setRunState(first.account, RunState.DRAINING);
        engine.setRunState(gone, RunState.PAUSED);
        assertThat(overdue("other", "normal")).isZero();
        assertThat(overdue("first", "normal")).isZero();
    }

    @Test
    @DisplayName("ask the store for nothing that was switched off")
    void switchedOff() {
        SmsMetrics.builder(engine).overdueEvery(null).build().bindTo(registry);
        assertThat(registry.find("sms.overdue").meters()).isEmpty();
        assertThat(registry.find("sms.messages").meters()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmsMetrics.builder(engine).countsEvery(Duration.ZERO))
                .withMessage("countsEvery must be positive, but is PT0S");
    }

    @Test
    @DisplayName("all carry the tags that they were given, and no id, number or text")
    void tags() throws Exception {
        SmsMetrics.builder(engine).tags(Tags.of("node", "a")).build().bindTo(registry);
        send(1);
        finish();
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTag("node")).isEqualTo("a"));
        assertThat(registry.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getValue)
                .allMatch(value -> value.matches("a|first|first:second|[a-z_]{3,14}"));
    }

    @Test
    @DisplayName("are those of the list in docs/metrics.md, with the same types and tags")
    void list() throws Exception {
        SmsMetrics.builder(engine).countsEvery(Duration.ofMinutes(5)).build().bindTo(registry);
        send(1);
        finish();
        Map<String, String> registered = registry.getMeters().stream()
                .map(Meter::getId)
                .collect(Collectors.toMap(Meter.Id::getName, SmsMetricsTest::typeAndTags, (a, b) -> {
                    assertThat(a).isEqualTo(b);
                    return a;
                }));
        assertThat(registered).isEqualTo(listed());
    }

    private static String typeAndTags(Meter.Id id) {
        return id.getType().name().toLowerCase(Locale.ROOT)
                + id.getTags().stream().map(Tag::getKey).sorted().toList();
    }

    private static Map<String, String> listed() throws IOException {
        Pattern row = Pattern.compile("\\| `(sms[a-z.]+)` \\| ([a-z]+) \\|([^|]*)\\|.*");
        return Files.readAllLines(Path.of("../docs/metrics.md")).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        line -> line.group(1),
                        line -> line.group(2)
                                + Pattern.compile("`([a-z]+)`")
                                        .matcher(line.group(3))
                                        .results()
                                        .map(tag -> tag.group(1))
                                        .sorted()
                                        .toList()));
    }
}
