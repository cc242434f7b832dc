package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.EXPIRED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.REJECTED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static io.github.smsdispatch.MessageState.SUPPRESSED;
import static io.github.smsdispatch.spi.FailureReason.ACCOUNT;
import static io.github.smsdispatch.spi.FailureReason.CONTENT;
import static io.github.smsdispatch.spi.FailureReason.DESTINATION;
import static io.github.smsdispatch.spi.FailureReason.OPTED_OUT;
import static io.github.smsdispatch.spi.FailureReason.RECIPIENT;
import static io.github.smsdispatch.spi.FailureReason.RECIPIENT_BUSY;
import static io.github.smsdispatch.spi.FailureReason.SENDER;
import static io.github.smsdispatch.spi.FailureReason.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What the engine makes of a provider's answer")
class FailoverTest {
    private final FakeProvider first = new FakeProvider("first");
    private final FakeProvider second = new FakeProvider("second");
    private final VirtualEngine virtual = new VirtualEngine(first, second);

    @Test
    @DisplayName("an accepted message is sent by the preferred provider and never shown to another")
    void accepted() {
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, SENT);
        assertThat(virtual.status(id).providerMessageId()).isEqualTo("first-1");
        assertThat(second.submissions).isEmpty();
    }

    @ParameterizedTest(name = "{0} ends as {1} without asking another provider")
    @CsvSource({"RECIPIENT, REJECTED", "CONTENT, REJECTED", "OPTED_OUT, SUPPRESSED"})
    void finalRefusals(FailureReason reason, MessageState end) {
        first.refuse(reason);
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(end);
        assertThat(virtual.status(id).code()).isEqualTo(reason.name());
        assertThat(second.submissions).isEmpty();
    }

    @ParameterizedTest(name = "{0} goes to the next provider at once")
    @EnumSource(names = {"SENDER", "DESTINATION", "ACCOUNT", "UNAVAILABLE", "RECIPIENT_BUSY"})
    void nextRoute(FailureReason reason) {
        first.refuse(reason);
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, QUEUED, SUBMITTING, SENT);
        assertThat(virtual.status(id).account()).isEqualTo(second.account);
        assertThat(first.submissions).hasSize(1);
        assertThat(second.submissions).hasSize(1);
    }

    @Test
    @DisplayName(
            "what is begun behind calls that show the account to be down goes elsewhere, and was never on the wire")
    void begunBehindFailures() {
        var ids = new ArrayList<MessageId>();
        for (int i = 0; i < 20; i++) {
            first.refuse(UNAVAILABLE);
            ids.add(virtual.send("hello " + i));
        }
        virtual.settle();
        assertThat(first.submissions).hasSize(5);
        assertThat(second.submissions).hasSize(20);
        assertThat(ids).allMatch(id -> virtual.state(id) == SENT);
        assertThat(virtual.engine.health().accounts()).allMatch(account -> account.inFlight() == 0);
    }

    @Test
    @DisplayName("a recipient who opted out gets nothing more from the same tenant, by any provider")
    void optOutSuppresses() {
        first.refuse(OPTED_OUT);
        virtual.send("hello");
        virtual.settle();
        MessageId next = virtual.send("hello again");
        virtual.settle();
        assertThat(virtual.state(next)).isEqualTo(SUPPRESSED);
        MessageId otherTenant = virtual.engine
                .enqueue(VirtualEngine.text("hi").tenant("other").build())
                .id();
        virtual.settle();
        assertThat(virtual.state(otherTenant)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("an unknown outcome is in doubt and is never handed to another provider")
    void unknownNeverFailsOver() {
        first.takeAndLoseTheAnswer();
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
        first.status = ReceiptState.DELIVERED;
        virtual.runToTheEnd();
        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
        assertThat(second.submissions).isEmpty();
        assertThat(first.submissions).hasSize(1);
    }

    @Test
    @DisplayName("a provider module that throws leaves a doubt, not a lost and not a repeated message")
    void throwingModule() {
        first.answer(submission -> {
            throw new IllegalStateException("a bug with a number +447700900123 in it");
        });
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
        assertThat(virtual.status(id).detail())
                .contains("IllegalStateException")
                .doesNotContain("447700");
        assertThat(second.submissions).isEmpty();
    }

    @Test
    @DisplayName("a message that every provider refuses is rejected, and the reason names each of them")
    void allRefuse() {
        first.refuse(SENDER);
        second.refuse(DESTINATION);
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(REJECTED);
        assertThat(virtual.status(id).detail())
                .isEqualTo("first refused the sender (SENDER); second refused the destination (DESTINATION)");
    }

    @Test
    @DisplayName("a throttled provider is waited for if the wait is short")
    void shortThrottle() {
        first.throttle(Duration.ofSeconds(1));
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(QUEUED);
        assertThat(virtual.status(id).hold()).isEqualTo(HoldReason.THROTTLED);
        virtual.advance(Duration.ofSeconds(2));
        assertThat(virtual.state(id)).isEqualTo(SENT);
        assertThat(second.submissions).isEmpty();
    }

    @Test
    @DisplayName("a provider that is throttled for long is passed over for the next")
    void longThrottle() {
        first.throttle(Duration.ofMinutes(5));
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.status(id).account()).isEqualTo(second.account);
        assertThat(virtual.state(id)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("when all providers are gone the message waits, and goes out when one is back")
    void outage() {
        first.refuse(UNAVAILABLE).refuse(UNAVAILABLE);
        second.refuse(UNAVAILABLE).refuse(ACCOUNT);
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(QUEUED);
        virtual.advance(Duration.ofMinutes(3));
        assertThat(virtual.state(id)).isEqualTo(QUEUED);
        virtual.advance(Duration.ofMinutes(3));
        assertThat(virtual.state(id)).isEqualTo(SENT);
    }

    @ParameterizedTest(name = "{0} again and again: at most {1} hand-overs in ten minutes, and the others go on")
    @CsvSource({"THROTTLED, 10", "UNAVAILABLE, 10", "ACCOUNT, 10", "RECIPIENT_BUSY, 4"})
    void backOff(FailureReason reason, int most) {
        var only = new FakeProvider("only");
        var engine = new VirtualEngine(only);
        for (int i = 0; i < 100; i++) {
            only.answer(submission -> submission.text().equals("unlucky")
                    ? SubmitOutcome.Refused.because(reason, null, "scripted")
                    : SubmitOutcome.Accepted.as("id-" + submission.reference()));
        }
        MessageId unlucky = engine.send("unlucky");
        for (int second = 0; second < 600; second += 10) {
            engine.send("another at " + second);
            engine.advance(Duration.ofSeconds(10));
        }
        assertThat(only.submissions.stream()
                        .filter(submission -> submission.text().equals("unlucky")))
                .hasSizeBetween(3, most);
        // The others are held up by the account's own pauses only, which are short.
        assertThat(only.submissions.stream()
                        .filter(submission -> submission.text().startsWith("another")))
                .hasSizeGreaterThan(50);
        assertThat(engine.state(unlucky)).isEqualTo(QUEUED);
    }

    @Test
    @DisplayName("a busy recipient is left alone as long as the provider says, also when others refuse meanwhile")
    void busyForLong() {
        first.answer(
                submission -> new SubmitOutcome.Refused(RECIPIENT_BUSY, "429", "scripted", Duration.ofMinutes(40)));
        for (int i = 0; i < 50; i++) {
            second.refuse(UNAVAILABLE);
        }
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(second.submissions).hasSize(1);
        for (int minute = 0; minute < 39; minute++) {
            virtual.advance(Duration.ofMinutes(1));
        }
        assertThat(first.submissions).hasSize(1);
        assertThat(second.submissions).hasSizeGreaterThan(5);
        for (int minute = 0; minute < 20; minute++) {
            virtual.advance(Duration.ofMinutes(1));
        }
        assertThat(first.submissions).hasSize(2);
        assertThat(virtual.status(id).account()).isEqualTo(first.account);
        assertThat(virtual.state(id)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("a busy recipient says nothing of the provider's health, and holds up nobody else")
    void busyRecipient() {
        var only = new FakeProvider("only");
        var engine = new VirtualEngine(only);
        for (int i = 0; i < 20; i++) {
            only.refuse(RECIPIENT_BUSY);
        }
        for (int i = 0; i < 20; i++) {
            engine.send("busy " + i);
        }
        engine.settle();
        assertThat(only.submissions).hasSize(20);
        assertThat(engine.engine.health().accounts().get(0).up()).isTrue();
        MessageId other = engine.send("other");
        engine.settle();
        assertThat(engine.state(other)).isEqualTo(SENT);
        engine.advance(Duration.ofMinutes(2));
        assertThat(only.submissions).hasSize(41);
    }

    @Test
    @DisplayName("in an outage single messages probe the provider, the others wait untouched")
    void probing() {
        var only = new FakeProvider("only");
        for (int i = 0; i < 100; i++) {
            only.refuse(UNAVAILABLE);
        }
        var engine = new VirtualEngine(only);
        for (int i = 0; i < 200; i++) {
            engine.send("hello " + i);
        }
        engine.settle();
        int inTheFirstBlow = only.submissions.size();
        assertThat(inTheFirstBlow).isLessThanOrEqualTo(32);
        for (int i = 0; i < 10; i++) {
            int before = only.submissions.size();
            engine.advance(Duration.ofMinutes(2));
            assertThat(only.submissions.size() - before)
                    .as("probes after a pause")
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a text too long for one provider goes to one that takes it, and is rejected if none does")
    void tooLong() {
        var small = new FakeProvider(
                "small", ProviderTraits.builder().maxTextLength(10).build());
        var engine = new VirtualEngine(small, first);
        MessageId id = engine.send("more than ten characters");
        engine.settle();
        assertThat(engine.status(id).account()).isEqualTo(first.account);
        var alone = new VirtualEngine(small);
        MessageId rejected = alone.send("more than ten characters");
        alone.settle();
        assertThat(alone.state(rejected)).isEqualTo(REJECTED);
        assertThat(alone.status(rejected).detail()).isEqualTo("small takes no more than 10 characters");
        assertThat(small.submissions).isEmpty();
    }

    @Test
    @DisplayName("a provider that carries only messages with its attribute is passed over by all others")
    void requiredAttribute() {
        FakeProvider codes = codes();
        var engine = new VirtualEngine(codes, first);
        MessageId id = engine.send("an ordinary text");
        engine.settle();
        assertThat(engine.status(id).account()).isEqualTo(first.account);
        assertThat(engine.status(id).attempts()).isEqualTo(1);
        var alone = new VirtualEngine(codes);
        MessageId rejected = alone.send("an ordinary text");
        alone.settle();
        assertThat(alone.state(rejected)).isEqualTo(REJECTED);
        assertThat(alone.status(rejected).detail())
                .isEqualTo("codes carries only messages with the attribute codes.kind");
        assertThat(codes.submissions).isEmpty();
    }

    @Test
    @DisplayName("a message with an attribute that one provider requires goes to no other, also while that one is away")
    void reservedAttribute() {
        FakeProvider codes = codes();
        codes.refuse(UNAVAILABLE);
        var engine = new VirtualEngine(first, codes);
        MessageId id = engine.engine
                .enqueue(Message.to("+447700900123")
                        .text("(stands for a code)")
                        .attribute("codes.kind", "any")
                        .build())
                .id();
        engine.settle();
        assertThat(engine.state(id)).isEqualTo(QUEUED);
        engine.advance(Duration.ofMinutes(2));
        assertThat(engine.state(id)).isEqualTo(SENT);
        assertThat(engine.status(id).account()).isEqualTo(codes.account);
        assertThat(first.submissions).isEmpty();
    }

    @Test
    @DisplayName("a routing that names nobody holds messages until it names somebody, and a line a minute tells of it")
    void nobody() {
        var accounts = new ArrayList<ProviderAccount>();
        var engine = new VirtualEngine(
                builder -> builder.routing(message -> List.copyOf(accounts)),
                UnaryOperator.identity(),
                Runnable::run,
                first);
        MessageId one = engine.send("hello");
        MessageId two = engine.send("hello again");

        String log = Screen.logOf(() -> {
            engine.settle();
            engine.advance(Duration.ofSeconds(5));
            engine.advance(Duration.ofSeconds(55));
        });

        assertThat(log.lines().filter(line -> line.contains("the routing names no account")))
                .hasSize(2)
                .last()
                .asString()
                .contains("(4 since the last line like this)");
        for (MessageId id : List.of(one, two)) {
            assertThat(engine.path(id)).containsExactly(QUEUED);
            assertThat(engine.status(id).hold()).isEqualTo(HoldReason.NO_PROVIDER_UP);
            assertThat(engine.status(id).detail()).isEqualTo("the routing names no account");
        }
        accounts.add(first.account);
        engine.advance(Duration.ofSeconds(5));
        assertThat(engine.state(one)).isEqualTo(SENT);
        assertThat(engine.state(two)).isEqualTo(SENT);
    }

    static List<Arguments> bugsOfARouting() {
        Routing thrower = message -> {
            throw new IllegalStateException("for " + message.recipient());
        };
        Routing stranger = message -> List.of(ProviderAccount.of("elsewhere"));
        Routing empty = message -> List.of();
        return List.of(
                Arguments.of(thrower, "the routing threw IllegalStateException"),
                Arguments.of(stranger, "the routing names what is no account of this engine"),
                Arguments.of(empty, "the routing names no account"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("bugsOfARouting")
    @DisplayName("a message that expires because of the routing says so")
    void expiresWithItsReason(Routing routing, String why) {
        var engine =
                new VirtualEngine(builder -> builder.routing(routing), UnaryOperator.identity(), Runnable::run, first);
        MessageId id = engine.send("hello");
        engine.settle();
        engine.advance(Duration.ofHours(49));
        assertThat(engine.state(id)).isEqualTo(EXPIRED);
        assertThat(engine.status(id).detail()).isEqualTo(why);
        assertThat(engine.engine.history(id)).last().satisfies(event -> assertThat(event.detail())
                .isEqualTo(why));
    }

    private static FakeProvider codes() {
        return new FakeProvider(
                "codes",
                ProviderTraits.builder().requiredAttribute("codes.kind").build());
    }

    @Test
    @DisplayName("a provider gets the remaining validity, clipped to what it can keep")
    void validity() {
        var brief = new FakeProvider(
                "brief",
                ProviderTraits.builder().maxValidity(Duration.ofHours(10)).build());
        var engine = new VirtualEngine(brief);
        engine.send("48 hours");
        engine.engine.enqueue(Message.to("+447700900124")
                .text("one hour, of which half is over")
                .validity(Duration.ofHours(1))
                .dueAt(engine.clock.instant().minus(Duration.ofMinutes(30)))
                .build());
        engine.settle();
        assertThat(brief.submissions)
                .extracting(submission -> submission.validity())
                .containsExactlyInAnyOrder(Duration.ofHours(10), Duration.ofMinutes(30));
    }

    @Test
    @DisplayName("refusals about the recipient or the text say nothing of the provider's health")
    void healthy() {
        for (int i = 0; i < 20; i++) {
            first.refuse(i % 2 == 0 ? RECIPIENT : CONTENT);
            virtual.send("hello " + i);
        }
        virtual.settle();
        assertThat(first.submissions).hasSize(20);
        assertThat(virtual.engine.health().accounts().get(0).up()).isTrue();
    }
}
