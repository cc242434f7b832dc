package io.github.smsdispatch.testkit.carrier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.ReceiptInbox;
import io.github.smsdispatch.testkit.carrier.SteppingClock;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A request with several messages")
@Timeout(60)
class BatchTest {
    private static final Script DELIVERED = script(0);

    private final SteppingClock clock = new SteppingClock();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, CarrierBooks> books = new ConcurrentHashMap<>();
    private final ReceiptInbox inbox;
    private CarrierServer carrier;

    BatchTest() throws IOException {
        inbox = new ReceiptInbox();
        carrier = start(DELIVERED, null);
    }

    @AfterEach
    void stop() {
        carrier.close();
        inbox.close();
    }

    private static Script script(double undelivered) {
        return new Script(
                new Script.DurationRange(Duration.ZERO, Duration.ZERO),
                new Script.DurationRange(Duration.ofSeconds(3), Duration.ofSeconds(3)),
                Map.of(),
                Map.of(),
                undelivered,
                0,
                0,
                Duration.ZERO,
                0,
                Duration.ofMillis(300),
                List.of(),
                List.of());
    }

    private CarrierServer start(Script script, @Nullable Path ledger) {
        return new CarrierServer(new CarrierSettings(
                0,
                7,
                script,
                clock,
                ledger,
                WebhookUrls.NONE.with(null, inbox.url("/receipts")),
                WebhookUrls.NONE.with("one", inbox.url("/inbound")),
                Map.of("one", dialect("one"), "two", dialect("two"))));
    }

    private Function<CarrierBooks, Dialect> dialect(String provider) {
        return its -> {
            books.put(provider, its);
            return new BatchDialect(provider);
        };
    }

    private HttpResponse<String> post(String provider, String body) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + carrier.port() + "/" + provider);
        return http.send(
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private String answer(String... items) throws IOException, InterruptedException {
        return post("one", "[" + String.join(",", items) + "]").body();
    }

    private static String item(String text) {
        return "{'to':'+254700000001','text':'%s'}".formatted(text).replace('\'', '"');
    }

    private static String item(String text, String id) {
        return "{'to':'+254700000001','text':'%s','id':'%s'}"
                .formatted(text, id)
                .replace('\'', '"');
    }

    @Test
    @DisplayName("has one answer with a word for each, in order, whether it was accepted or not")
    void order() throws Exception {
        assertThat(answer(item("a"), item("bad"), item("b"))).isEqualTo("[\"took a\",\"bad\",\"took b\"]");

        assertThat(carrier.ledger().messages().stream()
                        .map(message -> message.draft().text()))
                .containsExactly("a", "b");
        assertThat(carrier.statistics().requests()).isEqualTo(1);
        assertThat(carrier.statistics().submissions()).isEqualTo(2);
        assertThat(carrier.statistics().accepted()).isEqualTo(2);
        assertThat(carrier.statistics().refused()).containsExactly(Map.entry("one bad", 1L));
    }

    @Test
    @DisplayName("meets one fault, which takes all of its messages")
    void oneFault() throws Exception {
        carrier.nextSubmissions(1, SubmissionFault.ERROR_AFTER_ACCEPT);
        carrier.nextSubmissions(1, SubmissionFault.THROTTLE); // not used up by the second message of the first request

        assertThat(post("one", "[" + item("bad") + "," + item("a") + "," + item("b") + "]")
                        .statusCode())
                .isEqualTo(500);
        assertThat(carrier.ledger().size()).isEqualTo(2);
        assertThat(post("one", "[" + item("a") + "," + item("b") + "]").statusCode())
                .isEqualTo(429);
        assertThat(carrier.ledger().size()).isEqualTo(2);
        assertThat(answer(item("c"), item("d"))).isEqualTo("[\"took c\",\"took d\"]");
        assertThat(carrier.statistics().refused()).containsEntry("throttle", 2L);
        assertThat(carrier.statistics().answersLost()).isEqualTo(2);
    }

    @Test
    @DisplayName("uses up no fault if none of its messages is valid")
    void noneValid() throws Exception {
        carrier.nextSubmissions(1, SubmissionFault.THROTTLE);

        assertThat(answer(item("bad"), item("bad"))).isEqualTo("[\"bad\",\"bad\"]");
        assertThat(post("one", "[" + item("a") + "]").statusCode()).isEqualTo(429);
        assertThat(carrier.statistics().refused()).containsEntry("one bad", 2L);
    }

    @Test
    @DisplayName("gives each message a life of its own, the same as if it had come alone")
    void lives() throws Exception {
        carrier.close();
        carrier = start(script(0.5), null);
        List<String> items =
                IntStream.range(0, 20).mapToObj(i -> item("text " + i)).toList();
        answer(items.toArray(String[]::new));
        List<CarrierState> together = endings();
        carrier.close();
        carrier = start(script(0.5), null);
        for (String item : items) {
            answer(item);
        }

        assertThat(together)
                .contains(CarrierState.DELIVERED, CarrierState.UNDELIVERED)
                .isEqualTo(endings());
    }

    private List<CarrierState> endings() {
        return carrier.ledger().messages().stream()
                .map(message -> message.stateAt(clock.instant().plusSeconds(3)))
                .toList();
    }

    @Test
    @DisplayName("accepts an id of the sender's choice once, within one request and in the next")
    void sendersId() throws Exception {
        assertThat(answer(item("a", "x"), item("b", "x"))).isEqualTo("[\"took a\",\"known\"]");
        assertThat(answer(item("c", "x"), item("d", "y"))).isEqualTo("[\"known\",\"took d\"]");
        assertThat(books.get("one").find("x").ids()).containsExactly("x");
        assertThat(carrier.statistics().refused()).containsExactly(Map.entry("one known", 2L));
    }

    @Test
    @DisplayName("may use an id that a sender to another provider has used")
    void idsBelongToTheirProvider() throws Exception {
        answer(item("a", "x"));

        assertThat(books.get("two").find("x")).isNull();
        assertThat(post("two", "[" + item("b", "x") + "]").body()).isEqualTo("[\"took b\"]");
        assertThat(books.get("two").find("x").draft().text()).isEqualTo("b");
        assertThat(books.get("one").find("x").draft().text()).isEqualTo("a");
        assertThat(books.get("one").messages()).hasSize(1);
        assertThat(books.get("one").messagesTo("+254700000001")).hasSize(1);
    }

    @Test
    @DisplayName("is accepted once by its sender's id, however many bring it at the same moment")
    void sendersIdAtOnce() throws Exception {
        int threads = 8;
        var pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 20; round++) {
                String item = item("a", "round-" + round);
                var start = new CyclicBarrier(threads);
                var tries = new ArrayList<Callable<String>>();
                for (int i = 0; i < threads; i++) {
                    tries.add(() -> {
                        start.await();
                        return answer(item);
                    });
                }
                var answers = new ArrayList<String>();
                for (Future<String> answer : pool.invokeAll(tries)) {
                    answers.add(answer.get());
                }
                assertThat(answers).containsOnlyOnce("[\"took a\"]");
                assertThat(answers).filteredOn("[\"known\"]"::equals).hasSize(threads - 1);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(carrier.ledger().size()).isEqualTo(20);
    }

    @Test
    @DisplayName("is known again after a restart: ids, details, and what is never reported")
    void restart(@TempDir Path folder) throws Exception {
        carrier.close();
        carrier = start(DELIVERED, folder.resolve("ledger"));
        answer(item("a", "x"), item("bc").replace("}", ",\"silent\":true}"));
        post("two", "[" + item("d", "x") + "]");
        List<CarrierMessage> before = carrier.ledger().messages();
        carrier.close();
        carrier = start(DELIVERED, folder.resolve("ledger"));

        assertThat(carrier.ledger().messages()).isEqualTo(before);
        assertThat(before.get(1).draft().details()).isEqualTo(Map.of("length", "2"));
        assertThat(answer(item("a", "x"))).isEqualTo("[\"known\"]");
        assertThat(carrier.statistics().receiptsOpen()).isEqualTo(4);
        clock.step(Duration.ofSeconds(3));
        assertThat(carrier.awaitReceipts(Duration.ofSeconds(20))).isTrue();
        carrier.close();
        carrier = start(DELIVERED, folder.resolve("ledger"));
        assertThat(carrier.statistics().receiptsOpen()).isZero();
    }

    @Test
    @DisplayName("may hold messages of which nothing is ever reported")
    void neverReported() throws Exception {
        answer(item("a").replace("}", ",\"silent\":true}"), item("b"));

        assertThat(carrier.statistics().receiptsOpen()).isEqualTo(2);
        clock.step(Duration.ofSeconds(3));
        assertThat(carrier.awaitReceipts(Duration.ofSeconds(20))).isTrue();
        assertThat(carrier.statistics().receiptsSent()).isEqualTo(2);
        assertThat(inbox.waiting()).isEqualTo(2);
    }

    @Test
    @DisplayName("is refused to nobody but who opted out of its sender, and the account is told of it once")
    void optOut() throws Exception {
        inbox.refuseNext(1);

        assertThat(carrier.sendOptOut("one", "+254700000001", "Acme")).isFalse();
        assertThat(inbox.next().body()).isEqualTo("+254700000001 Acme");
        assertThat(inbox.waiting()).isZero();
        assertThat(carrier.sendOptOut("one", "+254700000002", "Acme")).isTrue();
        assertThat(books.get("one").isOptedOut("+254700000001", "Acme")).isTrue();
        assertThat(books.get("one").isOptedOut("+254700000001", "Other")).isFalse();
        assertThat(books.get("one").isOptedOut("+254700000001", null)).isFalse();
        assertThat(books.get("two").isOptedOut("+254700000001", "Acme")).isFalse();
    }

    @Test
    @DisplayName("has no opt-outs to tell where there is no webhook for them")
    void noWebhook() {
        assertThatThrownBy(() -> carrier.sendOptOut("two", "+254700000001", "Acme"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inboundUrl");
        assertThat(books.get("two").isOptedOut("+254700000001", "Acme")).isFalse();
    }
}
