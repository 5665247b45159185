// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A rule as it is named in properties.
 *
 * @param type the type as written
 * @param id the id as written; {@code null} for a value in the place of a whole type
 * @param property one of the rule's properties, to look up an origin with
 */
record RuleName(String type, @Nullable String id, ConfigurationPropertyName property) {

	/**
	 * Returns whichever name tells more: a file's dashes over an environment variable's
	 * lack of them.
	 */
	RuleName clearer(RuleName other) {
		return (other.written().length() > written().length()) ? other : this;
	}

	private String written() {
		return this.type + "." + this.id;
	}

	String requireId() {
		return Objects.requireNonNull(this.id, "a rule with an id");
	}

	ConfigurationPropertyName root() {
		return RuleNames.ROOT.append(this.property.getElement(2, ConfigurationPropertyName.Form.ORIGINAL))
			.append(requireId());
	}

}
