// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import java.io.IOException;
import java.util.function.Function;

/**
 * Makes calls through everything that is around them. Thread-safe.
 */
interface Chain {

	/**
	 * Makes a call.
	 * @return the response
	 * @throws IOException when it fails, which none does here
	 */
	Response call() throws IOException;

	/**
	 * The sides that are compared.
	 */
	enum Side {

		/** Nothing but the choice of an instance. */
		PICK("the pick alone", (application) -> new BareChain(application.upstream())),

		/** Ours. */
		GOVERNANCE("ours", (application) -> new GovernanceChain(application, false)),

		/** Ours, with the headers that tell the callee of its deadline. */
		ON_THE_WIRE("ours, with its headers", (application) -> new GovernanceChain(application, true)),

		/** Resilience4j's decorators. */
		RESILIENCE4J("Resilience4j's decorators", (application) -> new Resilience4jChain(application.upstream())),

		/** Sentinel's entry. */
		SENTINEL("Sentinel's entry", (application) -> new SentinelChain(application.upstream()));

		private final String title;

		private final Function<Application, Chain> chain;

		Side(String title, Function<Application, Chain> chain) {
			this.title = title;
			this.chain = chain;
		}

		String title() {
			return this.title;
		}

		Chain in(Application application) {
			return this.chain.apply(application);
		}

	}

}
