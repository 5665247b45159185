// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.Random;

import io.governance.engine.PolicyEngine;
import io.governance.selection.cluster.Lanes;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What tests choose instances with.
 */
public final class Selections {

	private Selections() {
	}

	/** No rule at all: instances are taken in turn. */
	public static SelectionSettings withoutRules() {
		return with(new PolicyEngine("shop", TimeSource.system(), new Random(1)), null);
	}

	/** The rules of an engine, in a zone. */
	static SelectionSettings with(PolicyEngine engine, @Nullable String zone) {
		return new SelectionSettings(engine, "shop", zone, "lane", Lanes.DEFAULT);
	}

}
