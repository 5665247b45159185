// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.outside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * An application outside of the tree: a kind, a starter and a few lines of its own.
 *
 * @param kind what sort of application it is
 * @param starter the starter that it adds; {@code null} for none
 * @param code what it has besides its main class
 * @param settings its {@code application.yml}
 */
record OutsideApplication(Kind kind, @Nullable String starter, String code, String settings) {

	/** Sorts of applications. */
	enum Kind {

		/** Spring MVC on Tomcat. */
		SERVLET("webmvc"),
		/** WebFlux on Netty. */
		WEBFLUX("webflux"),
		/** No web server. */
		PLAIN("");

		private final String starter;

		Kind(String starter) {
			this.starter = starter;
		}

		String folder() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * One application for each starter and kind, and one without a starter for each kind.
	 */
	static List<OutsideApplication> all() {
		List<OutsideApplication> applications = new ArrayList<>();
		for (Kind kind : Kind.values()) {
			boolean web = kind != Kind.PLAIN;
			applications.add(new OutsideApplication(kind, null, web ? "Hello" : "", "none"));
			applications.add(new OutsideApplication(kind, "resilience", web ? "Hello" : "Retrier",
					web ? "resilience-web" : "resilience-plain"));
			applications.add(new OutsideApplication(kind, "discovery", "Caller", "discovery"));
			applications.add(new OutsideApplication(kind, "tracing", web ? "Hello" : "Observed", "tracing"));
			applications.add(new OutsideApplication(kind, "config", web ? "Hello" : "", "config"));
		}
		return applications;
	}

	static OutsideApplication of(Kind kind, @Nullable String starter) {
		return all().stream()
			.filter((application) -> application.kind() == kind)
			.filter((application) -> (starter != null) ? starter.equals(application.starter())
					: application.starter() == null)
			.findFirst()
			.orElseThrow();
	}

	String name() {
		return ((this.starter != null) ? this.starter : "none") + "-" + this.kind.folder();
	}

	/**
	 * The starters of Spring Boot that it needs.
	 */
	List<String> springStarters() {
		List<String> starters = new ArrayList<>(List.of("spring-boot-starter"));
		if (!this.kind.starter.isEmpty()) {
			starters.add("spring-boot-starter-" + this.kind.starter);
		}
		if (Arrays.asList("Caller", "Retrier").contains(this.code)) {
			starters.add("spring-boot-starter-" + ((this.kind == Kind.WEBFLUX) ? "webclient" : "restclient"));
		}
		return starters;
	}

}
