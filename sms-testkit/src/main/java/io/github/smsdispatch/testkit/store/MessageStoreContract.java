package io.github.smsdispatch.testkit.store;

import io.github.smsdispatch.store.MessageStore;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link MessageStore} must do, as tests. Extend it, supply a store, and run it with JUnit Jupiter:
 *
 * <pre>{@code
 * class MyStoreTest extends MessageStoreContract {
 *     @Override
 *     protected MessageStore emptyStore(InstantSource clock) {
 *         return new MyStore(clock);
 *     }
 * }
 * }</pre>
 */
public abstract class MessageStoreContract {
    private @Nullable StoreFixture fixture;

    /** Contract tests without state of their own. */
    protected MessageStoreContract() {}

    /**
     * A store that holds nothing, for one test; the test closes it.
     *
     * @param clock what the store's times must be by; it may be moved from any thread, and is set back by one test
     */
    protected abstract MessageStore emptyStore(InstantSource clock);

    /** Opens the store. */
    @BeforeEach
    protected final void openStore() {
        fixture = new StoreFixture(this::emptyStore);
    }

    /** Closes the store. */
    @AfterEach
    protected final void closeStore() {
        if (fixture != null) {
            fixture.store().close();
        }
    }

    private StoreFixture opened() {
        if (fixture == null) {
            throw new IllegalStateException("no test is running");
        }
        return fixture;
    }

    @Nested
    @DisplayName("enqueue")
    class Enqueueing extends EnqueueContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("claim and release")
    class Claiming extends ClaimContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("the lines of accounts")
    class Lining extends LineContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("begin, finish and recover")
    class HandingOver extends HandOverContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("the rate of an account")
    class Rating extends RateContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("receipts")
    class Receipts extends ReceiptContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("the inbox")
    class Waiting extends InboxContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("texts of several parts")
    class Parts extends PartContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("what was taken and not delivered")
    class FailingLate extends LateFailureContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("look-ups")
    class LookingUp extends LookupContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("expiry and withdrawal")
    class Ending extends EndingContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("suppressions and run states")
    class Controlling extends ControlContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("consent")
    class Consenting extends ConsentContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("retention and erasure")
    class Retaining extends RetentionContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("queries")
    class Asking extends QueryContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("the guard")
    class Guarding extends GuardContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("time")
    class Timing extends TimeContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }

    @Nested
    @DisplayName("several nodes at once")
    class Competing extends CompetitionContract {
        @Override
        StoreFixture fixture() {
            return opened();
        }
    }
}
