package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static io.github.smsdispatch.testkit.store.StoreFixture.failure;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.ConsentWord;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class ConsentContract extends StoreRules {
    private static final PhoneNumber PERSON = PhoneNumber.parse("+12025550123");
    private static final String TENANT = Message.DEFAULT_TENANT;

    private boolean stop(@Nullable String id) {
        return says(ALPHA, id, Consent.WITHDRAWN, TENANT);
    }

    private boolean start(@Nullable String id) {
        return says(ALPHA, id, Consent.GIVEN, TENANT);
    }

    private boolean says(ProviderAccount account, @Nullable String id, Consent consent, String... tenants) {
        return store().consent(new ConsentWord(account, id, PERSON, consent, Set.of(tenants)));
    }

    private boolean isSuppressed(String tenant) {
        return fixture()
                .claim(fixture().put(fixture().message().tenant(tenant)))
                .suppressed();
    }

    private boolean isSuppressed() {
        return isSuppressed(TENANT);
    }

    @Test
    @DisplayName("STOP suppresses a person for the tenants, and START takes it back")
    void stopAndStart() {
        assertTrue(says(ALPHA, "1", Consent.WITHDRAWN, "acme", "globex"));

        assertTrue(isSuppressed("acme"));
        assertTrue(isSuppressed("globex"));
        assertFalse(isSuppressed());

        assertTrue(says(ALPHA, "2", Consent.GIVEN, "acme"));

        assertFalse(isSuppressed("acme"));
        assertTrue(isSuppressed("globex"));
    }

    @Test
    @DisplayName("START that comes again does not undo a STOP, however much later")
    void startRepeated() {
        assertTrue(start("1"));
        assertTrue(stop("2"));
        fixture().advance(Duration.ofDays(365));

        assertFalse(start("1"));

        assertTrue(isSuppressed());
    }

    @Test
    @DisplayName("STOP that comes again does not undo a START, or what an operator did")
    void stopRepeated() {
        stop("1");
        start("2");
        stop("3");
        store().unsuppress(TENANT, PERSON);

        assertFalse(stop("1"));
        assertFalse(stop("3"));

        assertFalse(isSuppressed());
    }

    @Test
    @DisplayName("one id stands for one word of one account, to the letter, whatever else is said under it")
    void ids() {
        assertTrue(stop("a"));
        assertFalse(start("a"));
        assertTrue(isSuppressed());

        assertTrue(start("A"));
        assertFalse(isSuppressed());

        assertTrue(says(BETA, "a", Consent.WITHDRAWN, TENANT));
        assertTrue(isSuppressed());

        assertTrue(start("x".repeat(400)));
        assertTrue(stop("x".repeat(401)));
        assertTrue(isSuppressed());
    }

    @Test
    @DisplayName("without an id STOP counts each time, and START never")
    void withoutId() {
        assertTrue(stop(null));
        assertTrue(stop(null));
        assertTrue(isSuppressed());

        assertFalse(start(null));
        assertTrue(isSuppressed());

        start("1");
        assertTrue(stop(null));
        assertTrue(isSuppressed());
    }

    @Test
    @DisplayName("START does not take back what an operator wants")
    void operator() {
        store().suppress(TENANT, PERSON);
        assertTrue(start("1"));
        assertTrue(isSuppressed());

        assertTrue(stop("2"));
        assertTrue(start("3"));
        assertTrue(isSuppressed());

        store().unsuppress(TENANT, PERSON);
        assertFalse(isSuppressed());
    }

    @Test
    @DisplayName("a suppression that an operator sets on top of a recipient's is the operator's")
    void operatorOnTop() {
        stop("1");
        store().suppress(TENANT, PERSON);

        start("2");

        assertTrue(isSuppressed());
    }

    @Test
    @DisplayName("an operator takes back what the recipient said")
    void operatorTakesBack() {
        stop("1");

        store().unsuppress(TENANT, PERSON);

        assertFalse(isSuppressed());
    }

    @Test
    @DisplayName("START takes back what was concluded from a receipt or a refusal")
    void concluded() {
        fixture().sent("A-1");
        fixture().report(failure(null, "A-1", FailureReason.OPTED_OUT));
        assertTrue(isSuppressed());
        start("1");
        assertFalse(isSuppressed());

        fixture()
                .finish(
                        fixture().begin(fixture().put()),
                        SubmitOutcome.Refused.because(FailureReason.OPTED_OUT, "21610", "said STOP"),
                        MessageState.SUPPRESSED,
                        null);
        assertTrue(isSuppressed());
        start("2");
        assertFalse(isSuppressed());
    }

    @Test
    @DisplayName("a receipt or a refusal does not make an operator's suppression the recipient's")
    void concludedOnTop() {
        fixture().sent("A-1");
        store().suppress(TENANT, PERSON);
        fixture().report(failure(null, "A-1", FailureReason.OPTED_OUT));

        start("1");

        assertTrue(isSuppressed());
    }
}
