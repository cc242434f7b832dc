package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A webhook request that the engine receives")
class ReceptionTest {
    private static final String PERSON = "+447700900123";
    private static final WebhookRequest REQUEST =
            new WebhookRequest("POST", "https://sms.example.org/first", Map.of(), new byte[0]);

    private final FakeProvider provider = new FakeProvider("first");
    private final List<InboundText> handled = new ArrayList<>();

    private VirtualEngine engine(UnaryOperator<DispatchEngineBuilder> settings) {
        return new VirtualEngine(settings, UnaryOperator.identity(), Runnable::run, provider);
    }

    private WebhookVerdict receive(VirtualEngine engine, WebhookEvent... events) {
        provider.verdict = WebhookVerdict.of(List.of(events));
        return engine.engine.receive(provider.account, REQUEST);
    }

    private Receipt delivered(VirtualEngine engine, MessageId id) {
        return new Receipt(
                provider.account,
                String.valueOf(engine.status(id).providerMessageId()),
                null,
                ReceiptState.DELIVERED,
                "delivered",
                null,
                null);
    }

    private InboundText text(String id, String from, String text) {
        return new InboundText(provider.account, id, from, "+447700900100", text, null, null);
    }

    private ConsentChange consent(String id, Consent consent) {
        return new ConsentChange(provider.account, id, PhoneNumber.parse(PERSON), consent, null);
    }

    /** What becomes of a message to the person. */
    private static MessageState fate(VirtualEngine engine, String tenant) {
        MessageId id = engine.engine
                .enqueue(VirtualEngine.text("hello").tenant(tenant).build())
                .id();
        engine.settle();
        return engine.state(id);
    }

    private static MessageState fate(VirtualEngine engine) {
        return fate(engine, "default");
    }

    @Test
    @DisplayName("settles a message by its receipt")
    void receipts() {
        VirtualEngine engine = engine(UnaryOperator.identity());
        MessageId id = engine.send("hello");
        engine.settle();

        assertThat(receive(engine, delivered(engine, id)).status()).isEqualTo(200);

        engine.settle();
        assertThat(engine.state(id)).isEqualTo(DELIVERED);
    }

    @Test
    @DisplayName("gives its texts to the handler before the provider gets its answer, which is the module's")
    void texts() {
        VirtualEngine engine = engine(builder -> builder.inboundHandler(handled::add));
        InboundText text = text("in-1", PERSON, "Is it ready?");
        provider.verdict = WebhookVerdict.of(List.of(text)).answeredWith("text/xml", "<Response/>");

        WebhookVerdict verdict = engine.engine.receive(provider.account, REQUEST);

        assertThat(handled).containsExactly(text);
        assertThat(verdict).isSameAs(provider.verdict);
        assertThat(engine.engine.health().accounts().get(0).unhandledTexts()).isZero();
    }

    @Test
    @DisplayName("is answered although nobody takes its text, which is counted unless it is a stop word")
    void nobodyListens() {
        VirtualEngine engine = engine(UnaryOperator.identity());

        assertThat(receive(engine, text("in-1", PERSON, "Is it ready?"), text("in-2", PERSON, "Hello?"))
                        .status())
                .isEqualTo(200);
        assertThat(receive(engine, text("in-3", PERSON, "STOP")).status()).isEqualTo(200);

        assertThat(engine.engine.health().accounts().get(0).unhandledTexts()).isEqualTo(2);
        assertThat(fate(engine)).isEqualTo(SUPPRESSED);
    }

    @Test
    @DisplayName("has its receipts and its consent kept when the handler throws, and comes again")
    void handlerThrows() {
        VirtualEngine engine = engine(builder -> builder.inboundHandler(text -> {
            handled.add(text);
            if (handled.size() == 1) {
                throw new IOException("no room for " + text.text());
            }
        }));
        MessageId id = engine.send("hello");
        engine.settle();
        WebhookEvent[] events = {
            text("in-1", PERSON, "Is it ready?"), text("in-2", PERSON, "STOP"), delivered(engine, id)
        };

        assertThatThrownBy(() -> receive(engine, events))
                .isInstanceOf(InboundHandlerException.class)
                .hasMessage("the inbound handler threw java.io.IOException")
                .hasNoCause()
                .satisfies(thrown ->
                        assertThat(thrown.getStackTrace()[0].getClassName()).startsWith(ReceptionTest.class.getName()));
        engine.settle();
        assertThat(engine.state(id)).isEqualTo(DELIVERED);
        assertThat(fate(engine)).isEqualTo(SUPPRESSED);

        assertThat(receive(engine, events).status()).isEqualTo(200);
        engine.settle();
        assertThat(handled).extracting(InboundText::providerMessageId).containsExactly("in-1", "in-2", "in-1", "in-2");
        assertThat(engine.engine.history(id)).hasSize(4);
    }

    @Test
    @DisplayName("with a change of consent suppresses the person, or takes it back")
    void consentChanges() {
        VirtualEngine engine = engine(UnaryOperator.identity());

        receive(engine, consent("in-1", Consent.WITHDRAWN));
        assertThat(fate(engine)).isEqualTo(SUPPRESSED);

        receive(engine, consent("in-2", Consent.GIVEN));
        assertThat(fate(engine)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("with a stop word suppresses the person, and the handler is told all the same")
    void stopWord() {
        VirtualEngine engine = engine(builder -> builder.inboundHandler(handled::add));

        receive(engine, text("in-1", PERSON, "Stop!"));
        assertThat(fate(engine)).isEqualTo(SUPPRESSED);

        receive(engine, text("in-2", PERSON, "start"));
        assertThat(fate(engine)).isEqualTo(SENT);
        assertThat(handled).hasSize(2);
    }

    @Test
    @DisplayName("that comes again does not undo what the person said in between")
    void repeatedStopWord() {
        VirtualEngine engine = engine(UnaryOperator.identity());
        InboundText start = text("in-1", PERSON, "START");
        receive(engine, start);
        receive(engine, text("in-2", PERSON, "STOP"));

        receive(engine, start);

        assertThat(fate(engine)).isEqualTo(SUPPRESSED);
    }

    @Test
    @DisplayName("that comes again after the handler failed does not undo what the person said in between")
    void repeatedAfterFailure() {
        VirtualEngine engine = engine(builder -> builder.inboundHandler(text -> {
            handled.add(text);
            if (handled.size() == 1) {
                throw new IOException("scripted");
            }
        }));
        WebhookEvent[] start = {text("in-1", PERSON, "START"), consent("in-1", Consent.GIVEN)};
        assertThatThrownBy(() -> receive(engine, start)).isInstanceOf(InboundHandlerException.class);
        receive(engine, text("in-2", PERSON, "STOP"), consent("in-2", Consent.WITHDRAWN));

        receive(engine, start);

        assertThat(fate(engine)).isEqualTo(SUPPRESSED);
    }

    @Test
    @DisplayName("is obeyed as the provider has read it where it reads its texts itself")
    void providerReads() {
        VirtualEngine engine = engine(UnaryOperator.identity());

        receive(engine, text("in-1", PERSON, "START"), consent("in-1", Consent.WITHDRAWN));

        assertThat(fate(engine)).isEqualTo(SUPPRESSED);
    }

    @Test
    @DisplayName("does not take back what an operator wants")
    void operator() {
        VirtualEngine engine = engine(UnaryOperator.identity());
        engine.engine.suppress("default", PhoneNumber.parse(PERSON));

        receive(engine, text("in-1", PERSON, "START"));
        assertThat(fate(engine)).isEqualTo(SUPPRESSED);

        engine.engine.unsuppress("default", PhoneNumber.parse(PERSON));
        assertThat(fate(engine)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("counts for all tenants of its account and for no other")
    void tenants() {
        var second = new FakeProvider("second");
        VirtualEngine engine = new VirtualEngine(
                builder -> builder.tenantsOf(
                        account -> account.equals(second.account) ? Set.of("acme", "globex") : Set.of("initech")),
                UnaryOperator.identity(),
                Runnable::run,
                provider,
                second);
        second.verdict = WebhookVerdict.of(
                List.of(new InboundText(second.account, "in-1", PERSON, "+447700900100", "STOP", null, null)));

        engine.engine.receive(second.account, REQUEST);

        assertThat(fate(engine, "acme")).isEqualTo(SUPPRESSED);
        assertThat(fate(engine, "globex")).isEqualTo(SUPPRESSED);
        assertThat(fate(engine, "initech")).isEqualTo(SENT);
        assertThat(fate(engine, "default")).isEqualTo(SENT);
    }

    @Test
    @DisplayName("has all its texts given to the handler, whichever of them it does not take")
    void handlerThrowsForSome() {
        VirtualEngine engine = engine(builder -> builder.inboundHandler(text -> {
            handled.add(text);
            if (!text.text().equals("good")) {
                throw new IOException(text.text());
            }
        }));

        assertThatThrownBy(() -> receive(
                        engine,
                        text("in-1", PERSON, "bad"),
                        text("in-2", PERSON, "good"),
                        text("in-3", PERSON, "worse")))
                .isInstanceOf(InboundHandlerException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));

        assertThat(handled).extracting(InboundText::providerMessageId).containsExactly("in-1", "in-2", "in-3");
    }

    @Test
    @DisplayName("on which the provider's module or tenantsOf fails has to come again, and what they say is not shown")
    void othersFail() {
        VirtualEngine engine = engine(builder -> builder.tenantsOf(account -> {
            throw new IllegalStateException(PERSON);
        }));
        provider.verdict = null;
        String log = Screen.logOf(() -> {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> engine.engine.receive(provider.account, REQUEST))
                        .isInstanceOf(WebhookFailedException.class)
                        .hasMessage("the webhook parser of first threw java.lang.NullPointerException")
                        .hasNoCause();
            }
            assertThatThrownBy(() -> receive(engine, text("in-1", PERSON, "STOP")))
                    .isInstanceOf(WebhookFailedException.class)
                    .hasMessage("tenantsOf threw java.lang.IllegalStateException")
                    .hasNoCause()
                    .satisfies(thrown -> assertThat(thrown.getStackTrace()[0].getClassName())
                            .startsWith(ReceptionTest.class.getName()));
        });

        assertThat(log.lines().filter(line -> line.contains("a webhook for first failed")))
                .hasSize(1);
        assertThat(log).contains("at io.github.smsdispatch").doesNotContain("7700900123");
    }

    @Test
    @DisplayName("is not told of its tenants' STOP in vain: that a tenant is not listed is warned of once")
    void unlistedTenant() {
        VirtualEngine engine = engine(UnaryOperator.identity());

        String log = Screen.logOf(() -> {
            fate(engine, "default");
            fate(engine, "acme");
            fate(engine, "acme");
            fate(engine, "globex");
        });

        assertThat(log.lines().filter(line -> line.contains("tenantsOf")))
                .singleElement()
                .asString()
                .contains("first hands over messages of tenants that tenantsOf does not list for it, among them acme");
    }

    @Test
    @DisplayName("with a stop word from a short code or a name suppresses nobody, which is warned of and counted")
    void shortCodes() {
        VirtualEngine engine = engine(builder -> builder.inboundHandler(handled::add));

        String log = Screen.logOf(() -> {
            assertThat(receive(engine, text("in-1", "24273", "STOP"), text("in-2", "Carrier", "STOP"))
                            .status())
                    .isEqualTo(200);
            receive(engine, text("in-3", "24273", "STOP"));
            receive(engine, text("in-4", "24273", "hello"));
        });

        assertThat(log.lines().filter(line -> line.contains("a stop word to first came from what is no phone number")))
                .hasSize(1);
        assertThat(log).doesNotContain("24273", "Carrier");
        assertThat(engine.engine.health().accounts().get(0).lostStopWords()).isEqualTo(3);
        assertThat(handled).hasSize(4);
        assertThat(fate(engine)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("says nothing of consent where stop words are switched off")
    void noStopWords() {
        VirtualEngine engine = engine(builder -> builder.stopWords(StopWords.none()));

        receive(engine, text("in-1", PERSON, "STOP"));

        assertThat(fate(engine)).isEqualTo(SENT);
        assertThat(engine.engine.health().accounts().get(0).unhandledTexts()).isEqualTo(1);
    }

    @Test
    @DisplayName("for nobody here is answered 404, and warned of once a minute for all such names")
    void unknownAccount() {
        VirtualEngine engine = engine(UnaryOperator.identity());
        String log = Screen.logOf(() -> {
            for (String name : List.of("elsewhere", "nowhere", "elsewhere")) {
                assertThat(engine.engine
                                .receive(ProviderAccount.of(name), REQUEST)
                                .status())
                        .isEqualTo(404);
            }
        });

        assertThat(log.lines().filter(line -> line.contains("refused a webhook for elsewhere with 404")))
                .hasSize(1);
        assertThat(log).doesNotContain("nowhere");
    }

    @Test
    @DisplayName("if refused, is warned of for each status: forgeries do not hide a wrong content type")
    void refusedForSomethingElse() {
        VirtualEngine engine = engine(UnaryOperator.identity());
        String log = Screen.logOf(() -> {
            engine.engine.receive(provider.account, REQUEST);
            provider.verdict = WebhookVerdict.refused(400, "no form");
            engine.engine.receive(provider.account, REQUEST);
        });

        assertThat(log).contains("with 403: not signed").contains("with 400: no form");
    }

    @Test
    @DisplayName("if forged, is warned of once a minute for each account, with their number")
    void forged() {
        VirtualEngine engine = engine(UnaryOperator.identity());
        String log = Screen.logOf(() -> {
            for (int i = 0; i < 500; i++) {
                assertThat(engine.engine.receive(provider.account, REQUEST).status())
                        .isEqualTo(403);
            }
            engine.clock.advance(Duration.ofSeconds(60));
            engine.engine.receive(provider.account, REQUEST);
            engine.engine.receive(provider.account, REQUEST);
        });

        assertThat(log.lines().filter(line -> line.contains("refused a webhook for first with 403: not signed")))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("(1 since the last line like this)"),
                        second -> assertThat(second).endsWith("(500 since the last line like this)"));
    }
}
