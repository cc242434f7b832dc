package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Trace;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once for an account, when it hands over for a tenant that {@link DispatchEngineBuilder#tenantsOf} does not list:
 * a STOP would not count for that tenant, and nobody would notice. Thread-safe.
 */
final class TenantCheck {
    private static final Logger log = LoggerFactory.getLogger(TenantCheck.class);

    /** So that the function, which may be slow, is not called for each message, and this does not grow without end. */
    private static final int REMEMBERED = 1_000;

    private final ProviderAccount account;
    private final Function<? super ProviderAccount, ? extends Set<String>> tenantsOf;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean warned = new AtomicBoolean();

    TenantCheck(ProviderAccount account, Function<? super ProviderAccount, ? extends Set<String>> tenantsOf) {
        this.account = account;
        this.tenantsOf = tenantsOf;
    }

    /** The account hands over a message of this tenant. Never throws. */
    void handsOverFor(String tenant) {
        if (warned.get() || seen.size() >= REMEMBERED || !seen.add(tenant)) {
            return;
        }
        if (!isListed(tenant) && warned.compareAndSet(false, true)) {
            log.warn(
                    "{} hands over messages of tenants that tenantsOf does not list for it, among them {}: who says STOP"
                            + " to it goes on getting texts of theirs. Set tenantsOf of the engine's builder",
                    account,
                    tenant);
        }
    }

    private boolean isListed(String tenant) {
        try {
            return tenantsOf.apply(account).contains(tenant);
        } catch (RuntimeException | Error e) {
            log.error("tenantsOf threw", Trace.of(e));
            return true;
        }
    }
}
