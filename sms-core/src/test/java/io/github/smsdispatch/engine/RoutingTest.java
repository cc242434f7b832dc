package io.github.smsdispatch.engine;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.ProviderAccount;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Routing")
class RoutingTest {
    private static final ProviderAccount A = ProviderAccount.of("a");
    private static final ProviderAccount B = ProviderAccount.of("b");
    private static final ProviderAccount C = ProviderAccount.of("c");

    @Test
    @DisplayName("by failover keeps the given order for every message, whatever becomes of the list")
    void failover() {
        var order = new ArrayList<>(List.of(B, A));
        Routing routing = Routing.failover(order);
        order.clear();
        assertThat(routing.accountsFor(to("+12025550123"))).containsExactly(B, A);
        assertThat(routing.accountsFor(to("+447700900123"))).containsExactly(B, A);
        assertThat(Routing.failover(A, B, C).accountsFor(to("+12025550123"))).containsExactly(A, B, C);
    }

    @Nested
    @DisplayName("by weight")
    class Weighted {
        private static final int COUNT = 10_000;

        @ParameterizedTest(name = "{0}, {1} and {2}")
        @CsvSource({"50, 30, 20", "1, 1, 1", "7, 2, 1", "97, 2, 1", "1000, 1000, 2000"})
        @DisplayName("gives each account its share of the messages")
        void shares(int a, int b, int c) {
            Routing routing = Routing.weighted(Map.of(A, a, B, b, C, c));
            Map<ProviderAccount, Long> got =
                    messages().stream().collect(groupingBy(message -> first(routing, message), counting()));
            double sum = a + b + c;
            // 200 is four standard deviations of a fair half of 10,000, and more for all other shares.
            assertThat((double) got.get(A)).isCloseTo(COUNT * a / sum, within(200.0));
            assertThat((double) got.get(B)).isCloseTo(COUNT * b / sum, within(200.0));
            assertThat((double) got.get(C)).isCloseTo(COUNT * c / sum, within(200.0));
        }

        @Test
        @DisplayName("shares out by weight also what the first account cannot take")
        void sharesOfTheRest() {
            Routing routing = Routing.weighted(Map.of(A, 50, B, 30, C, 20));
            Map<ProviderAccount, Long> second = messages().stream()
                    .filter(message -> first(routing, message).equals(A))
                    .collect(groupingBy(message -> routing.accountsFor(message).get(1), counting()));
            double all = second.get(B) + second.get(C);
            assertThat(second.get(B) / all).isCloseTo(0.6, within(0.03));
        }

        @Test
        @DisplayName("gives the same message the same order each time, on every node")
        void stable() {
            Map<ProviderAccount, Integer> weights = Map.of(A, 50, B, 30, C, 20);
            Routing one = Routing.weighted(weights);
            Routing other = Routing.weighted(weights);
            assertThat(messages()).allSatisfy(message -> assertThat(one.accountsFor(message))
                    .hasSize(3)
                    .isEqualTo(other.accountsFor(message))
                    .isEqualTo(one.accountsFor(message)));
        }

        @Test
        @DisplayName("moves no more messages than it must when an account is added")
        void fewMoves() {
            Routing before = Routing.weighted(Map.of(A, 1, B, 1));
            Routing after = Routing.weighted(Map.of(A, 1, B, 1, C, 1));
            assertThat(messages())
                    .allSatisfy(message -> assertThat(first(after, message)).isIn(first(before, message), C));
        }

        @Test
        @DisplayName("tries an account of weight 0 last, and several of them always in the same order")
        void zero() {
            Routing routing = Routing.weighted(Map.of(A, 0, B, 1, C, 0));
            assertThat(messages().stream().map(routing::accountsFor).distinct().toList())
                    .hasSize(1)
                    .first()
                    .satisfies(order -> assertThat(order).hasSize(3).startsWith(B));
        }

        @Test
        @DisplayName("refuses a negative weight")
        void negative() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Routing.weighted(Map.of(A, -1)))
                    .withMessage("the weight of a must be at least 0, but is -1");
        }

        private static ProviderAccount first(Routing routing, Message message) {
            return routing.accountsFor(message).get(0);
        }

        private static List<Message> messages() {
            var random = new Random(42);
            Instant start = Instant.parse("2026-03-01T09:00:00Z");
            return IntStream.range(0, COUNT)
                    .mapToObj(i -> Message.to("+12025550123")
                            .text("hello")
                            .id(MessageId.create(InstantSource.fixed(start.plusMillis(i)), random))
                            .build())
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0} goes to {1}")
    @CsvSource({
        "+447700900123, b",
        "+12025550123,  c",
        "+13105550123,  a",
        "+254700123456, default-one",
        "+441234567890, b"
    })
    @DisplayName("by prefix goes by the longest that fits, and by the rest where none does")
    void byPrefix(String recipient, String account) {
        Routing routing = Routing.byPrefix(
                Map.of("+44", Routing.failover(B), "+1", Routing.failover(A), "+1202", Routing.failover(C)),
                Routing.failover(ProviderAccount.of("default-one")));
        assertThat(routing.accountsFor(to(recipient))).containsExactly(ProviderAccount.of(account));
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "+", "44", "0044", "+44 7", "+0"})
    @DisplayName("by prefix refuses one that no number begins with, which would never be noticed")
    void badPrefix(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Routing.byPrefix(Map.of(prefix, Routing.failover(A)), Routing.failover(B)))
                .withMessage("a prefix is + and digits, such as +44, but one is '" + prefix + "'");
    }

    @Test
    @DisplayName("by tenant goes by the rest for tenants that are not named")
    void byTenant() {
        Routing routing = Routing.byTenant(Map.of("clinic", Routing.failover(A)), Routing.failover(B, C));
        Function<String, Message> of = tenant ->
                Message.to("+12025550123").text("hello").tenant(tenant).build();
        assertThat(routing.accountsFor(of.apply("clinic"))).containsExactly(A);
        assertThat(routing.accountsFor(of.apply("school"))).containsExactly(B, C);
    }

    @Test
    @DisplayName("is put together from parts: by tenant, then by prefix, then by weight")
    void nested() {
        Routing weighted = Routing.weighted(Map.of(A, 1, B, 0));
        Routing routing = Routing.byTenant(
                Map.of("default", Routing.byPrefix(Map.of("+1", weighted), Routing.failover(C))), Routing.failover());
        assertThat(routing.accountsFor(to("+12025550123"))).containsExactly(A, B);
        assertThat(routing.accountsFor(to("+447700900123"))).containsExactly(C);
    }

    @Test
    @DisplayName("tells all accounts that it may name, as far as its parts can tell")
    void accounts() {
        Routing routing = Routing.byTenant(
                Map.of("default", Routing.byPrefix(Map.of("+1", Routing.weighted(Map.of(A, 1))), Routing.failover(C))),
                message -> List.of(B));
        assertThat(routing.accounts()).containsExactlyInAnyOrder(A, C);
        Routing lambda = message -> List.of(A);
        assertThat(lambda.accounts()).isEmpty();
    }

    private static Message to(String recipient) {
        return Message.to(recipient).text("hello").build();
    }
}
