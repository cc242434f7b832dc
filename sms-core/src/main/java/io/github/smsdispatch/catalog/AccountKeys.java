package io.github.smsdispatch.catalog;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderSetting;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How the settings of one account are called: by its factory, in the source, and by the user. Immutable. */
final class AccountKeys {
    private final ProviderAccount account;
    private final SettingSource source;
    private final String prefix;
    private final Set<String> keys;

    AccountKeys(ProviderAccount account, List<ProviderSetting> settings, SettingSource source) {
        boolean isOnly = account.account().equals(ProviderAccount.DEFAULT);
        this.account = account;
        this.source = source;
        this.prefix = account.provider() + (isOnly ? "" : "." + account.account()) + ".";
        this.keys = settings.stream().map(ProviderSetting::key).collect(Collectors.toUnmodifiableSet());
    }

    /** For the source: {@code twilio.alerts.auth-token}. */
    String full(String key) {
        return prefix + key;
    }

    /** As the user types it. */
    String name(String key) {
        return source.nameOf(full(key));
    }

    /** A factory's problem, which names settings by its own keys or by words, as the user types them. */
    ConfigurationProblem named(ConfigurationProblem problem) {
        String setting = problem.setting();
        String name = keys.contains(setting)
                ? name(setting)
                : setting.startsWith(prefix) ? source.nameOf(setting) : account + ": " + setting;
        return new ConfigurationProblem(name, problem.problem(), problem.remedy());
    }

    /** With what the settings of all accounts of a provider begin, as the user types them. */
    static String providerPrefix(String provider, SettingSource source) {
        return source.nameOf(provider + ".");
    }

    /** All that the account understands. */
    StraySettings.Known known() {
        return new StraySettings.Known(
                account,
                providerPrefix(account.provider(), source),
                source.nameOf(prefix),
                keys.stream().map(this::name).sorted().collect(Collectors.toUnmodifiableSet()));
    }
}
