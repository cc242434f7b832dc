package io.github.smsdispatch.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The catalog of providers")
class ProviderCatalogTest {
    private static final ProviderAccount ACME = ProviderAccount.of("acme");

    private final ProviderCatalog catalog = ProviderCatalog.of(List.of(new Acme(), new Plain()));

    @Test
    @DisplayName("tells its names in order, and what each provider needs")
    void names() {
        assertThat(catalog.names()).containsExactly("acme", "plain");
        assertThat(catalog.settings("acme"))
                .extracting(ProviderSetting::key)
                .containsExactly("api-key", "timeout", "region");
        assertThat(catalog.settings("unheard-of")).isEmpty();
    }

    @Nested
    @DisplayName("makes providers")
    class Making {
        @Test
        @DisplayName("from their settings, with spaces around values dropped and fall-backs filled in")
        void settings() {
            ProviderSettings settings = make(Map.of("acme.api-key", "  fake  ", "acme.region", "  ")).settings;
            assertThat(settings.account()).isEqualTo(ACME);
            assertThat(settings.get("api-key")).isEqualTo("fake");
            assertThat(settings.get("timeout")).isEqualTo("PT10S");
            assertThat(settings.find("region")).isEmpty();
        }

        @Test
        @DisplayName("of further accounts from settings with the account's name in them")
        void accountPrefix() {
            ProviderAccount alerts = ProviderAccount.parse("acme:alerts");
            Map<ProviderAccount, SmsProvider> made = catalog.create(
                    List.of(alerts, ACME),
                    SettingSource.of(Map.of("acme.api-key", "fake-1", "acme.alerts.api-key", "fake-2")));
            assertThat(made).containsOnlyKeys(alerts, ACME);
            assertThat(made.keySet()).containsExactly(alerts, ACME);
            assertThat(((AcmeProvider) made.get(ACME)).settings.get("api-key")).isEqualTo("fake-1");
            assertThat(((AcmeProvider) made.get(alerts)).settings.get("api-key"))
                    .isEqualTo("fake-2");
        }

        @Test
        @DisplayName("of the accounts that are named and no others")
        void onlyNamed() {
            assertThat(catalog.create(List.of(ProviderAccount.of("plain")), SettingSource.of(Map.of())))
                    .containsOnlyKeys(ProviderAccount.of("plain"));
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "ACE_HOME", // no setting of ours
                    "AMC_REGION", // two slips
                    "ACME2_REGION", // counted by somebody
                    "AMCE_REGIO", // a slip in either part
                    "MY_ACME_REGION", // of another program
                    "REGION",
                    "AMCE_API_KEY", // the right one is there
                    "PLAIN_REGION",
                    "ACNE_REGION", // of a provider that is not in use
                })
        @DisplayName("beside what is none of its settings, in silence")
        void strangers(String name) {
            var catalog = ProviderCatalog.of(List.of(new Acme(), new Plain(), new Acne()));
            SettingSource environment = SettingSource.environment(Map.of("ACME_API_KEY", "fake", name, "secret value"));

            String log = Screen.logOf(
                    () -> assertThat(catalog.create(List.of(ACME), environment)).hasSize(1));

            assertThat(log).isEmpty();
        }

        @Test
        @DisplayName("beside what is one letter away from a provider whose name is short")
        void shortName() {
            var catalog = ProviderCatalog.of(List.of(new Abc()));
            SettingSource environment = SettingSource.environment(Map.of("ABC_API_KEY", "fake", "AWC_REGION", "any"));

            assertThat(catalog.create(List.of(ProviderAccount.of("abc")), environment))
                    .hasSize(1);
        }

        @Test
        @DisplayName("beside settings of accounts that are not in use and of other programs, and warns of the latter")
        void otherNames() {
            SettingSource environment = SettingSource.environment(Map.of(
                    "ACME_API_KEY", "fake",
                    "ACME_ALERTS_API_KEY", "fake",
                    "ACME_HOME", "secret value",
                    "ACMETIMEOUT", "PT1S",
                    "PLAIN_HOME", "somewhere"));
            assertThat(Screen.logOf(() -> catalog.create(List.of(ACME), environment)))
                    .contains("ACME_HOME is no setting of acme and has no effect on it")
                    .doesNotContain("ALERTS", "ACMETIMEOUT", "PLAIN", "secret value");
        }

        private AcmeProvider make(Map<String, String> settings) {
            return (AcmeProvider)
                    catalog.create(List.of(ACME), SettingSource.of(settings)).get(ACME);
        }
    }

    @Nested
    @DisplayName("refuses a configuration")
    class Refusing {
        @Test
        @DisplayName("with all that is missing and wrong at once, as the user types it, and shows no value")
        void allAtOnce() {
            SettingSource environment = SettingSource.environment(
                    Map.of("ACME_TIMEOUT", "soon", "ACME_ALERTS_API_KEY", "bad-fake-key", "ACME_REGION", " "));
            assertProblems(
                    List.of(ACME, ProviderAccount.parse("acme:alerts")),
                    environment,
                    "ACME_API_KEY: is missing - set it: the key from the console",
                    "ACME_TIMEOUT: must be a duration such as PT10S - correct it: how long to wait",
                    "ACME_ALERTS_API_KEY: must begin with fake - correct it: the key from the console");
        }

        @Test
        @DisplayName("that names a provider it does not know, lists those it knows and says which jar to add")
        void unknownName() {
            assertProblems(
                    List.of(ProviderAccount.of("twillio")),
                    SettingSource.of(Map.of()),
                    "provider twillio: is not known; known are acme, plain - correct the name, or put the jar of its module"
                            + " (such as sms-twillio) on the class path");
        }

        @Test
        @DisplayName("and says so where it knows no provider at all")
        void noneKnown() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> ProviderCatalog.of(List.of()).create(List.of(ACME), SettingSource.of(Map.of())))
                    .withMessageContaining("known are none");
        }

        @Test
        @DisplayName("that names a provider offered twice, by both classes; the others stay usable")
        void duplicateNames() {
            ProviderCatalog two = ProviderCatalog.of(List.of(new Acme(), new OtherAcme(), new Plain()));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> two.create(List.of(ACME), SettingSource.of(Map.of())))
                    .withMessage("provider acme: is offered by both " + Acme.class.getName() + " and "
                            + OtherAcme.class.getName() + " - take one of the two jars off the class path");
            ProviderAccount plain = ProviderAccount.of("plain");
            assertThat(two.create(List.of(plain), SettingSource.of(Map.of()))).containsOnlyKeys(plain);
        }

        @Test
        @DisplayName("that one factory refuses as a whole, and lets go of the providers it made before")
        void refusedByFactory() {
            var plain = new Plain();
            var picky = new Picky();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> ProviderCatalog.of(List.of(plain, picky))
                            .create(
                                    List.of(ProviderAccount.of("plain"), ProviderAccount.of("picky")),
                                    SettingSource.of(Map.of())))
                    .withMessage("picky.region: contradicts the rest - choose one");
            assertThat(plain.open).isZero();
        }

        @Test
        @DisplayName(
                "or passes on what a broken factory throws, and lets go of the providers it made before all the same")
        void brokenFactory() {
            var plain = new Plain();
            var broken = new Broken();
            assertThatIllegalStateException()
                    .isThrownBy(() -> ProviderCatalog.of(List.of(plain, broken))
                            .create(
                                    List.of(ProviderAccount.of("plain"), ProviderAccount.of("broken")),
                                    SettingSource.of(Map.of())))
                    .withMessage("broken on purpose");
            assertThat(plain.open).isZero();
        }

        @Test
        @DisplayName("with what a factory finds beside what is missing elsewhere, as the user types it, by account")
        void refusedByFactories() {
            var catalog = ProviderCatalog.of(List.of(new Acme(), new Contrary()));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> catalog.create(
                            List.of(ProviderAccount.parse("contrary:alerts"), ACME),
                            SettingSource.environment(Map.of())))
                    .satisfies(refusal -> assertThat(refusal.problems())
                            .extracting(ConfigurationProblem::toString)
                            .containsExactly(
                                    "CONTRARY_ALERTS_FROM: contradicts the rest - choose one",
                                    "contrary:alerts: from and to: contradict each other - choose one",
                                    "ACME_API_KEY: is missing - set it: the key from the console"));
        }

        @Test
        @DisplayName("that names an account twice")
        void accountTwice() {
            assertProblems(
                    List.of(ACME, ProviderAccount.parse("acme:alerts"), ACME),
                    SettingSource.of(Map.of("acme.api-key", "fake", "acme.alerts.api-key", "fake")),
                    "account acme: is named twice - name it once");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "ACME_REGOIN,        acme,        ACME_REGION",
            "ACME_TIME_OUT,      acme,        ACME_TIMEOUT",
            "ACME_REGIONS,       acme,        ACME_REGION",
            "ACME_ALERTS_REGIO,  acme:alerts, ACME_ALERTS_REGION",
        })
        @DisplayName("in which a setting that may be left out is misspelt, and says which one may be meant")
        void misspelt(String name, String account, String nearest) {
            assertProblems(
                    List.of(ACME, ProviderAccount.parse("acme:alerts")),
                    SettingSource.environment(
                            Map.of("ACME_API_KEY", "fake", "ACME_ALERTS_API_KEY", "fake", name, "secret value")),
                    name + ": is no setting of " + account + " - did you mean " + nearest + "?");
        }

        @Test
        @DisplayName("in which a key of a map is misspelt")
        void misspeltKey() {
            assertProblems(
                    List.of(ACME),
                    SettingSource.of(Map.of("acme.api-key", "fake", "acme.timeOut", "PT1S")),
                    "acme.timeOut: is no setting of acme - did you mean acme.timeout?");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "AMCE_REGION,        acme,        ACME_REGION",
            "ACM_REGION,         acme,        ACME_REGION",
            "ACMEE_REGION,       acme,        ACME_REGION",
            "ACNE_REGION,        acme,        ACME_REGION",
            "Acme_REGION,        acme,        ACME_REGION",
            "ACM_ALERTS_REGION,  acme:alerts, ACME_ALERTS_REGION",
        })
        @DisplayName("in which the name of the provider before a setting is misspelt")
        void misspeltProvider(String name, String account, String meant) {
            assertProblems(
                    List.of(ACME, ProviderAccount.parse("acme:alerts")),
                    SettingSource.environment(
                            Map.of("ACME_API_KEY", "fake", "ACME_ALERTS_API_KEY", "fake", name, "secret value")),
                    name + ": is no setting of " + account + " - did you mean " + meant + "?");
        }

        @Test
        @DisplayName(
                "in which a required setting is missing, as the name of the provider before it is misspelt in a map")
        void misspeltProviderInMap() {
            assertProblems(
                    List.of(ACME),
                    SettingSource.of(Map.of("amce.api-key", "fake")),
                    "acme.api-key: is missing - set it: the key from the console",
                    "amce.api-key: is no setting of acme - did you mean acme.api-key?");
        }

        private void assertProblems(List<ProviderAccount> accounts, SettingSource source, String... lines) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> catalog.create(accounts, source))
                    .withMessage(String.join("\n", lines));
        }
    }

    @Nested
    @DisplayName("finds modules on the class path")
    class Discovery {
        @TempDir
        private Path directory;

        @Test
        @DisplayName("though other entries name a class that is missing, that fails, or that is no factory")
        void brokenEntries() throws IOException {
            services(
                    "one",
                    "no.such.Factory",
                    Failing.class.getName(),
                    String.class.getName(),
                    Nameless.class.getName());
            services("two", "this is no class name");
            services("three", Plain.class.getName());
            try (URLClassLoader loader = loader("one", "two", "three")) {
                assertThat(ProviderCatalog.discover(loader).names()).containsExactly("plain");
            }
        }

        @Test
        @DisplayName("and gives up where the class path cannot be read at all")
        void unreadable() {
            var unreadable = new ClassLoader(null) {
                @Override
                public Enumeration<URL> getResources(String name) throws IOException {
                    throw new IOException("broken on purpose");
                }
            };
            assertThat(ProviderCatalog.discover(unreadable).names()).isEmpty();
        }

        @Test
        @DisplayName("that the current thread's class loader sees")
        void contextClassLoader() throws IOException {
            services("one", Acme.class.getName(), Plain.class.getName());
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            try (URLClassLoader loader = loader("one")) {
                thread.setContextClassLoader(loader);
                assertThat(ProviderCatalog.discover().names()).containsExactly("acme", "plain");
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        private void services(String jar, String... classes) throws IOException {
            Path file = directory.resolve(jar).resolve("META-INF/services/" + SmsProviderFactory.class.getName());
            Files.createDirectories(file.getParent());
            Files.write(file, List.of(classes));
        }

        private URLClassLoader loader(String... jars) throws IOException {
            var urls = new URL[jars.length];
            for (int i = 0; i < jars.length; i++) {
                urls[i] = directory.resolve(jars[i]).toUri().toURL();
            }
            return new URLClassLoader(urls, ProviderCatalogTest.class.getClassLoader());
        }
    }

    /** A provider with a setting of each kind. */
    public static class Acme implements SmsProviderFactory {
        @Override
        public String name() {
            return "acme";
        }

        @Override
        public List<ProviderSetting> settings() {
            return List.of(
                    ProviderSetting.required("api-key", "the key from the console")
                            .asSecret()
                            .checkedBy(value -> value.startsWith("fake") ? null : "must begin with fake"),
                    ProviderSetting.optional("timeout", "how long to wait")
                            .orElse("PT10S")
                            .parsedBy(Duration::parse, "a duration such as PT10S"),
                    ProviderSetting.optional("region", "where it runs"));
        }

        @Override
        public SmsProvider create(ProviderSettings settings) {
            return new AcmeProvider(settings, () -> {});
        }
    }

    /** Another class with the same name, as two versions of a jar have it. */
    public static final class OtherAcme extends Acme {}

    private static final class Acne extends Acme {
        @Override
        public String name() {
            return "acne";
        }
    }

    private static final class Abc extends Acme {
        @Override
        public String name() {
            return "abc";
        }
    }

    /** Needs no settings, and counts what is open. */
    public static final class Plain implements SmsProviderFactory {
        private int open;

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public List<ProviderSetting> settings() {
            return List.of();
        }

        @Override
        public SmsProvider create(ProviderSettings settings) {
            open++;
            return new AcmeProvider(settings, () -> open--);
        }
    }

    /** Finds settings that contradict each other. */
    public static final class Picky implements SmsProviderFactory {
        @Override
        public String name() {
            return "picky";
        }

        @Override
        public List<ProviderSetting> settings() {
            return List.of();
        }

        @Override
        public SmsProvider create(ProviderSettings settings) {
            throw new ConfigurationException("picky.region", "contradicts the rest", "choose one");
        }
    }

    /** Names a setting by its key, as factories do. */
    public static final class Contrary implements SmsProviderFactory {
        @Override
        public String name() {
            return "contrary";
        }

        @Override
        public List<ProviderSetting> settings() {
            return List.of(ProviderSetting.optional("from", "who sends"), ProviderSetting.optional("to", "who gets"));
        }

        @Override
        public SmsProvider create(ProviderSettings settings) {
            throw new ConfigurationException(List.of(
                    new ConfigurationProblem("from", "contradicts the rest", "choose one"),
                    new ConfigurationProblem("from and to", "contradict each other", "choose one")));
        }
    }

    /** Has a bug. */
    public static final class Broken implements SmsProviderFactory {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public List<ProviderSetting> settings() {
            return List.of();
        }

        @Override
        public SmsProvider create(ProviderSettings settings) {
            throw new IllegalStateException("broken on purpose");
        }
    }

    /** Cannot be made. */
    public static final class Failing extends Acme {
        public Failing() {
            throw new IllegalStateException("broken on purpose");
        }
    }

    /** Was built against another version of the SPI. */
    public static final class Nameless extends Acme {
        @Override
        public String name() {
            throw new NoSuchMethodError("broken on purpose");
        }
    }

    private static final class AcmeProvider implements SmsProvider {
        private final ProviderSettings settings;
        private final Runnable onClose;

        AcmeProvider(ProviderSettings settings, Runnable onClose) {
            this.settings = settings;
            this.onClose = onClose;
        }

        @Override
        public ProviderTraits traits() {
            return ProviderTraits.builder().build();
        }

        @Override
        public List<SubmitOutcome> submit(List<Submission> batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            onClose.run();
        }
    }
}
