// SPDX-License-Identifier: Apache-2.0

package io.governance.test.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names what a test of a {@link Contract} holds to it.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Adapter {

	/**
	 * The adapter's name, in Markdown.
	 * @return for example <code>&#96;RestClient&#96; on the JDK's client</code>
	 */
	String value();

}
