// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class DirectorySnapshotTests {

	private final Map<String, String> files = new LinkedHashMap<>();

	@Test
	void servesTheFileOfAllAndTheFileOfTheService() {
		this.files.put("application.yml", "a: all");
		this.files.put("orders.yml", "a: orders");
		this.files.put("payments.yml", "a: payments");
		assertThat(values("orders", "default")).containsExactly("orders", "all");
	}

	@Test
	void profilesWinOverTheServiceAndTheLastProfileWins() {
		this.files.put("application.yml", "a: all");
		this.files.put("application-eu.yml", "a: all-eu");
		this.files.put("orders.yml", "a: orders");
		this.files.put("orders-eu.yml", "a: orders-eu");
		this.files.put("orders-prod.yml", "a: orders-prod");
		assertThat(values("orders", "eu,prod")).containsExactly("orders-prod", "orders-eu", "all-eu", "orders", "all");
	}

	@Test
	void laterDocumentsWinAndADocumentMayAskForAProfile() {
		this.files.put("orders.yml", """
				a: first
				---
				a: second
				---
				spring.config.activate.on-profile: prod
				a: third
				---
				spring:
				  config:
				    activate:
				      on-profile: [eu, us]
				a: fourth
				""");
		assertThat(values("orders", "default")).containsExactly("second", "first");
		assertThat(values("orders", "prod")).containsExactly("third", "second", "first");
		assertThat(values("orders", "us")).containsExactly("fourth", "second", "first");
	}

	@Test
	void propertiesFilesWinOverYaml() {
		this.files.put("orders.yml", "a: yml");
		this.files.put("orders.properties", "a=properties");
		this.files.put("orders.yaml", "a: yaml");
		assertThat(values("orders", "default")).containsExactly("properties", "yml", "yaml");
	}

	@Test
	void theRevisionChangesWithTheFilesOfTheServiceOnly() {
		this.files.put("orders.yml", "a: 1");
		String before = snapshot().select("orders", "default").revision();
		this.files.put("payments.yml", "a: 1");
		assertThat(snapshot().select("orders", "default").revision()).isEqualTo(before);
		this.files.put("application.yml", "a: 1");
		assertThat(snapshot().select("orders", "default").revision()).isNotEqualTo(before);
		this.files.remove("application.yml");
		assertThat(snapshot().select("orders", "default").revision()).isEqualTo(before);
	}

	@Test
	void aBrokenFileIsAFaultOfThoseItBelongsTo() {
		this.files.put("orders.yml", "a: 1\n  b: [");
		assertThat(snapshot().select("orders", "default").faults()).singleElement()
			.asString()
			.startsWith("orders.yml: ")
			.contains("line 2");
		assertThat(snapshot().select("payments", "default").faults()).isEmpty();
	}

	@Test
	void aProfileExpressionThatCannotBeEvaluatedIsAFaultOfItsFile() {
		this.files.put("orders.yml", """
				a: 1
				---
				a: 2
				spring.config.activate.on-profile: "a & b | c"
				""");
		this.files.put("payments.properties", "a=1\nspring.config.activate.on-profile=a,!");
		this.files.put("stock.yml", """
				spring:
				  config:
				    activate:
				      on-profile:
				        - eu
				        - "(a | b & c)"
				""");
		assertThat(snapshot().select("orders", "a").faults()).singleElement()
			.asString()
			.startsWith("orders.yml: line 4: spring.config.activate.on-profile: a & b | c (expected: ");
		assertThat(snapshot().select("payments", "a").faults()).singleElement()
			.asString()
			.startsWith("payments.properties: line 2: spring.config.activate.on-profile: ! (expected: ");
		assertThat(snapshot().select("stock", "a").faults()).singleElement()
			.asString()
			.startsWith("stock.yml: line 6: spring.config.activate.on-profile[1]: (a | b & c) (expected: ");
		assertThat(snapshot().select("storefront", "a").faults()).isEmpty();
	}

	@Test
	void aKeyWrittenTwiceIsAFault() {
		this.files.put("orders.yml", "a: 1\na: 2");
		assertThat(snapshot().select("orders", "default").faults()).singleElement().asString().contains("duplicate");
	}

	@Test
	void anEmptyFileServesNothing() {
		this.files.put("orders.yml", "");
		ServedConfig served = snapshot().select("orders", "default");
		assertThat(served.faults()).isEmpty();
		assertThat(served.documents()).isEmpty();
	}

	@Test
	void aNameIsNeverAPath() {
		this.files.put("application.yml", "a: all");
		assertThat(values("../orders", "../x")).containsExactly("all");
	}

	private List<Object> values(String application, String profiles) {
		return snapshot().select(application, profiles)
			.documents()
			.stream()
			.map((PropertySource<?> document) -> document.getProperty("a"))
			.toList();
	}

	private DirectorySnapshot snapshot() {
		ConfigFileParser parser = new ConfigFileParser();
		Map<String, ConfigFile> parsed = new LinkedHashMap<>();
		this.files.forEach((name, text) -> parsed.put(name, parser.parse(name, text.getBytes(StandardCharsets.UTF_8))));
		return new DirectorySnapshot(parsed);
	}

}
