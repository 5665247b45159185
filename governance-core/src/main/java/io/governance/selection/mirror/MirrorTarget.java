// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.mirror;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import io.governance.match.StringMatch;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Where copies go.
 *
 * @param service the service; the called one when not set
 * @param subset conditions on the instances' metadata; none are all instances
 */
public record MirrorTarget(@RuleField("The service; the called one when not set.") @Nullable String service,
		@RuleField("Conditions on the instances' metadata; none are all instances.") Map<String, StringMatch> subset) {

	/**
	 * Sets the defaults.
	 * @param service the service
	 * @param subset conditions on metadata
	 */
	public MirrorTarget(@Nullable String service, @Nullable Map<String, StringMatch> subset) {
		this.service = service;
		this.subset = (subset != null) ? Collections.unmodifiableMap(new TreeMap<>(subset)) : Map.of();
	}

}
