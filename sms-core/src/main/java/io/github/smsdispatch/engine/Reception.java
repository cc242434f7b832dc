package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Damper;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.store.MessageStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Announcer announcer;

    /** One for all names that are not ours: there is no end of them. */
    private final Damper strangers;

    Reception(
            Map<ProviderAccount, Account> accounts,
            MessageStore store,
            Consents consents,
            @Nullable InboundHandler handler,
            Runnable newReceipts,
            Announcer announcer,
            InstantSource clock) {
        this.accounts = accounts;
        this.store = store;
        this.consents = consents;
        this.handler = handler;
        this.newReceipts = newReceipts;
        this.announcer = announcer;
        this.strangers = new Damper(clock, Account.WARNING_PAUSE);
    }

    /** See {@link DispatchEngine#receive}. */
    WebhookVerdict receive(ProviderAccount name, WebhookRequest request) {
        Account account = accounts.get(name);
        if (account == null) {
            WebhookVerdict verdict = WebhookVerdict.refused(404, "no account of this name");
            warn(strangers, name, verdict);
            return verdict;
        }
        try {
            WebhookVerdict verdict = parse(account, request);
            if (verdict.status() != 200) {
                warn(account.damper("refused with " + verdict.status()), name, verdict);
            }
            keep(account, verdict.receipts());
            obey(account, verdict.events());
            giveAll(account, verdict.events());
            return verdict;
        } catch (WebhookFailedException e) {
            long failed = account.damper("failed").speaksFor();
            if (failed > 0) {
                log.error(
                        "a webhook for {} failed, and has to come again ({} since the last line like this)",
                        name,
                        failed,
                        e);
            }
            throw e;
        }
    }

    private static WebhookVerdict parse(Account account, WebhookRequest request) {
        if (!(account.provider() instanceof WebhookParser parser)) {
            return WebhookVerdict.refused(404, "the account takes no webhooks");
        }
        try {
            return Objects.requireNonNull(parser.parse(request), "verdict");
        } catch (RuntimeException | Error e) {
            throw new WebhookFailedException("the webhook parser of " + account.name(), e);
        }
    }

    private static void warn(Damper damper, ProviderAccount name, WebhookVerdict verdict) {
        long refused = damper.speaksFor();
        if (refused > 0) {
            log.warn(
                    "refused a webhook for {} with {}: {} ({} since the last line like this)",
                    name,
                    verdict.status(),
                    verdict.detail(),
                    refused);
        }
    }

    private void obey(Account account, List<WebhookEvent> events) {
        int lost = consents.obey(events);
        if (lost > 0) {
            account.lostStopWords().addAndGet(lost);
            long all = account.damper("lost stop word").speaksFor();
            if (all > 0) {
                log.warn(
                        "a stop word to {} came from what is no phone number in international form: nobody is suppressed"
                                + " ({} since the last line like this)",
                        account.name(),
                        all);
            }
        }
    }

    /** One text that cannot be taken does not keep the others from the handler. */
    private void giveAll(Account account, List<WebhookEvent> events) {
        InboundHandlerException failure = null;
        for (WebhookEvent event : events) {
            if (event instanceof InboundText text) {
                try {
                    give(account, text);
                } catch (InboundHandlerException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void keep(Account account, List<Receipt> receipts) {
        if (receipts.isEmpty()) {
            return;
        }
        int fresh = store.receive(receipts);
        if (fresh > 0) {
            newReceipts.run();
        }
        announcer.tell(new ReceiptsHeard(
                account.name(), ReceiptsHeard.Source.WEBHOOK, receipts.size(), receipts.size() - fresh));
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
