// SPDX-License-Identifier: Apache-2.0

package io.governance.test.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A scenario of a {@link Contract} that cannot apply to an adapter: stands on the empty
 * method that overrides it, which is no test. An override without it fails the build.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface NotApplicable {

	/**
	 * Why, in a sentence.
	 * @return the reason
	 */
	String value();

}
