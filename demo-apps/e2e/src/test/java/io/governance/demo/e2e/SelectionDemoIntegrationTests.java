// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which instances of the demo get the calls. The demo is started once; each test leaves
 * it as it found it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectionDemoIntegrationTests {

	private static final boolean LONG = "long".equals(System.getProperty("e2e.scale"));

	private static final int PER_SECOND = LONG ? 100 : 50;

	/** More than wait for an instance that hangs. */
	private static final int AT_ONCE = LONG ? Integer.MAX_VALUE : 30;

	private static final Duration FOUND_OUT = Duration.ofSeconds(5);

	private static final Duration WATCHED = Duration.ofSeconds(LONG ? 15 : 10);

	/** New processes are slow at first, on a machine that does something else too. */
	private static final Duration WARM = Duration.ofSeconds(60);

	private static final Duration BACK = Duration.ofSeconds(90);

	private static final int SLOW_START_SECONDS = 30;

	private static final int BUCKET_SECONDS = 5;

	/** How long an instance is out; the long form has the default, 30 s. */
	private static final String SHORT_EJECTION = LONG ? "" : ", base-ejection-time: 20s";

	private static final long LEAST_SLOW_MILLIS = 100;

	private final Http http = new Http();

	private Demo demo;

	private String orders;

	private String written;

	@BeforeAll
	void up() {
		// no other address of this machine is trusted, by nobody
		this.demo = new Demo("selection", Map.of("DEMO_JAVA_OPTIONS", "-Dgovernance.trusted-callers=127.0.0.1/32"),
				"--registry", "embedded");
		this.orders = this.demo.url("gateway") + "/api/orders";
		this.written = this.demo.readConfig(Demo.RULES);
	}

	@AfterAll
	void down() {
		this.demo.close();
	}

	static List<String> faults() {
		return LONG ? List.of("errors", "hang", "slow") : List.of("errors", "hang");
	}

	@ParameterizedTest
	@MethodSource("faults")
	void aBadInstanceGetsNextToNoCallsUntilItIsHealed(String fault) {
		rules("outlier-detection", "inventory: {match: {service: inventory}" + SHORT_EJECTION + "}");
		this.demo.run("scale", "inventory", "5");
		String bad = this.demo.url("inventory-3");
		try (Load load = load(Duration.ofMinutes(3))) {
			await().atMost(WARM).until(() -> share(bad, Duration.ofSeconds(2)) > 0.1);
			this.demo.run("fault", "inventory-3", fault, String.valueOf(twentyTimesUsualMillis()));
			pass(FOUND_OUT);
			assertThat(share(bad, WATCHED)).as("share of the bad instance").isLessThan(0.01);
			this.demo.run("fault", "inventory-3", "off");
			await().atMost(BACK).until(() -> share(bad, Duration.ofSeconds(2)) > 0.1);
			assertThat(load.sent()).isPositive();
		}
	}

	@Test
	void callsAreSpreadWhereAllInstancesAreBad() {
		rules("outlier-detection", "inventory: {match: {service: inventory}" + SHORT_EJECTION + "}");
		this.demo.run("scale", "inventory", "5");
		try (Load load = load(Duration.ofMinutes(2))) {
			await().atMost(WARM).until(() -> shares(Duration.ofSeconds(2)).stream().allMatch((share) -> share > 0.05));
			IntStream.rangeClosed(1, 5).forEach((number) -> this.demo.run("fault", "inventory-" + number, "errors"));
			pass(FOUND_OUT);
			assertThat(shares(WATCHED)).as("shares of the bad").allMatch((share) -> share > 0.1);
			IntStream.rangeClosed(1, 5).forEach((number) -> this.demo.run("fault", "inventory-" + number, "off"));
			await().atMost(BACK).until(() -> shares(Duration.ofSeconds(2)).stream().allMatch((share) -> share > 0.05));
			assertThat(load.sent()).isPositive();
		}
	}

	static List<String> algorithms() {
		return LONG ? List.of("round-robin", "random") : List.of("round-robin");
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void aNewInstanceGetsTheShareOfItsAge(String algorithm) {
		// who is out by accident would leave the others more
		rules("load-balancing", "inventory: {match: {service: inventory}, algorithm: " + algorithm
				+ ", slow-start: {window: " + SLOW_START_SECONDS + "s}}\n  enforcement: {outlier-detection: \"OFF\"}");
		pass(Duration.ofSeconds(SLOW_START_SECONDS + 5));
		Map<Integer, List<Double>> shares = new TreeMap<>();
		try (Load load = load(Duration.ofMinutes(3))) {
			this.demo.run("scale", "inventory", "3");
			long start = startMillis("inventory-3");
			pass(Duration.ofSeconds(SLOW_START_SECONDS + 2 * BUCKET_SECONDS));
			for (int age = BUCKET_SECONDS; age <= SLOW_START_SECONDS; age += BUCKET_SECONDS) {
				Map<String, Integer> served = load.served("inventory", start + age * 1000L,
						start + (age + BUCKET_SECONDS) * 1000L);
				double sum = served.values().stream().mapToInt(Integer::intValue).sum();
				shares.put(age, List.of(served.getOrDefault("inventory-3", 0) / sum, formula(age), sum));
			}
		}
		// draws by chance need room for chance: three deviations, below a fifth of the
		// share
		// in no bucket
		assertThat(shares).as("age: share, formula, calls").allSatisfy((age, found) -> {
			double expected = found.get(1);
			double chance = 3 * Math.sqrt(expected * (1 - expected) / found.get(2));
			double most = algorithm.equals("random") ? Math.max(0.2 * expected, chance) : 0.2 * expected;
			assertThat(Math.abs(found.get(0) - expected)).isLessThan(most);
		});
	}

	/**
	 * The mean share in a bucket of an instance that begins beside two others.
	 */
	private static double formula(int age) {
		return IntStream.range(age, age + BUCKET_SECONDS)
			.mapToDouble((second) -> Math.min(1, Math.max(0.1, (second + 0.5) / SLOW_START_SECONDS)))
			.map((weight) -> weight / (2 + weight))
			.average()
			.orElseThrow();
	}

	private long startMillis(String instance) {
		for (JsonNode entry : this.http.json(this.demo.url("registry") + "/v1/catalog/service/inventory")) {
			if (entry.get("ServiceID").asString().equals(instance)) {
				return entry.get("ServiceMeta").get("start-time").asLong();
			}
		}
		throw new IllegalStateException(instance + " is not registered");
	}

	@Test
	void aCallInALaneIsServedThereWhereverTheLaneHasAnInstance() {
		List.of("storefront-2", "orders-2", "inventory-3").forEach((name) -> this.demo.run("lane", name, "blue"));
		List<String> blue = List.of("storefront-2", "orders-2", "inventory-3", "payments-1");
		await().atMost(Duration.ofSeconds(20)).until(() -> servedBy("lane=blue").equals(blue));
		for (int i = 0; i < 20; i++) {
			assertThat(servedBy("lane=blue")).isEqualTo(blue);
			assertThat(servedBy("lane=green")).doesNotContain("storefront-2", "orders-2", "inventory-3");
			assertThat(servedBy("user=blue")).doesNotContain("storefront-2", "orders-2", "inventory-3");
			assertThat(untrusted("lane=blue")).contains("\"storefront-1\"", "\"orders-1\"", "\"payments-1\"")
				.doesNotContain("inventory-3");
		}
		this.demo.run("scale", "orders", "1");
		await().atMost(Duration.ofSeconds(20))
			.until(() -> servedBy("lane=blue")
				.equals(List.of("storefront-2", "orders-1", "inventory-3", "payments-1")));
		List.of("storefront", "inventory")
			.forEach((service) -> this.demo.run("scale", service, service.equals("inventory") ? "2" : "1"));
	}

	private List<String> servedBy(String baggage) {
		HttpResponse<String> answer = this.http.post(this.orders, Load.ORDER, "baggage", baggage);
		List<String> served = new ArrayList<>();
		if (answer.statusCode() == 201) {
			Http.body(answer).get("servedBy").forEach((instance) -> served.add(instance.asString()));
		}
		return served;
	}

	private String untrusted(String baggage) {
		return this.demo.command("curl", "-sf", "--noproxy", "*", "--interface", "127.0.0.2", this.orders, "-H",
				"baggage: " + baggage, "-H", "content-type: application/json", "-d", Load.ORDER);
	}

	private Load load(Duration longest) {
		return Load.start(this.http, this.orders, (int) longest.toSeconds() * PER_SECOND, PER_SECOND, AT_ONCE);
	}

	/**
	 * The share of an instance in the attempts from now on.
	 */
	private double share(String url, Duration time) {
		Attempts before = Attempts.read(this.demo, this.http);
		pass(time);
		return Attempts.read(this.demo, this.http).share(url, before);
	}

	private List<Double> shares(Duration time) {
		Attempts before = Attempts.read(this.demo, this.http);
		pass(time);
		Attempts after = Attempts.read(this.demo, this.http);
		return IntStream.rangeClosed(1, 5)
			.mapToObj((number) -> after.share(this.demo.url("inventory-" + number), before))
			.toList();
	}

	/**
	 * Twenty times what a call to inventory takes, as orders sees it.
	 */
	private long twentyTimesUsualMillis() {
		String meters = this.demo.url("orders") + "/actuator/prometheus";
		String calls = "client_name=\"inventory\"";
		double seconds = this.http.meter(meters, "http_client_requests_seconds_sum", calls);
		double count = this.http.meter(meters, "http_client_requests_seconds_count", calls);
		pass(Duration.ofSeconds(2));
		seconds = this.http.meter(meters, "http_client_requests_seconds_sum", calls) - seconds;
		count = this.http.meter(meters, "http_client_requests_seconds_count", calls) - count;
		return Math.max(LEAST_SLOW_MILLIS, Math.round(seconds / count * 20 * 1000));
	}

	private static void pass(Duration time) {
		await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
	}

	private void rules(String type, String rule) {
		this.demo.applyRules(this.http, this.written + "    " + type + ":\n      " + rule + "\n");
	}

	@AfterEach
	void restore() {
		this.demo.applyRules(this.http, this.written);
		List.of("inventory-1", "inventory-2").forEach((name) -> this.demo.run("fault", name, "off"));
		List.of("storefront", "orders").forEach((service) -> this.demo.run("scale", service, "1"));
		this.demo.run("scale", "inventory", "2");
	}

}
