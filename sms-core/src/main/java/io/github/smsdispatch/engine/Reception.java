package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.store.MessageStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of webhook requests. First receipts, then consent, then the handler's texts: what we can do ourselves is
 * done when somebody else's code fails. Each step may be done again, as the whole request comes again after a failure.
 */
final class Reception {
    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    private final Map<ProviderAccount, Account> accounts;
    private final MessageStore store;
    private final Consents consents;
    private final @Nullable InboundHandler handler;
    private final Runnable newReceipts;

    Reception(
            Map<ProviderAccount, Account> accounts,
            MessageStore store,
            Consents consents,
            @Nullable InboundHandler handler,
            Runnable newReceipts) {
        this.accounts = accounts;
        this.store = store;
        this.consents = consents;
        this.handler = handler;
        this.newReceipts = newReceipts;
    }

    /** See {@link DispatchEngine#receive}. */
    WebhookVerdict receive(ProviderAccount name, WebhookRequest request) {
        Account account = accounts.get(name);
        if (account == null || !(account.provider() instanceof WebhookParser parser)) {
            return WebhookVerdict.refused(404, "no account of this name takes webhooks");
        }
        WebhookVerdict verdict = parser.parse(request);
        if (verdict.status() != 200) {
            warn(account, verdict);
        }
        keep(verdict.receipts());
        consents.obey(verdict.events());
        for (WebhookEvent event : verdict.events()) {
            if (event instanceof InboundText text) {
                give(account, text);
            }
        }
        return verdict;
    }

    private static void warn(Account account, WebhookVerdict verdict) {
        long refused = account.refusedWebhooks().speaksFor();
        if (refused > 0) {
            log.warn(
                    "refused a webhook for {} with {}: {} ({} since the last line like this)",
                    account.name(),
                    verdict.status(),
                    verdict.detail(),
                    refused);
        }
    }

    private void keep(List<Receipt> receipts) {
        if (!receipts.isEmpty() && store.receive(receipts) > 0) {
            newReceipts.run();
        }
    }

    private void give(Account account, InboundText text) {
        if (handler != null) {
            try {
                handler.onText(text);
            } catch (Exception | Error e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new InboundHandlerException(e);
            }
        } else if (!consents.concerns(text) && account.unhandledTexts().incrementAndGet() == 1) {
            log.debug(
                    "a text to {} was dropped, and so are those to come: the engine has no inboundHandler",
                    account.name());
        }
    }
}
